import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { hours, Secret } from '@mooring/contracts';
import { InvalidCallbackError } from '@mooring/adapters-core';
import { appSecretProof } from '../graph/appsecret-proof.ts';
import { readFacebookCallback } from './callbacks.ts';

const SECRET = 'test-app-secret-000';
const ISSUED_AT = new Date(1_760_000_000_000);
const context = { appSecret: new Secret(SECRET), now: ISSUED_AT };
const VECTOR =
  'KsfcsyPHFT7CP9hy1YRlmK5FxQxOx8vedtlMwIr0CDM.eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsImV4cGlyZXMiOjE3NjAwMDM2MDAsImlzc3VlZF9hdCI6MTc2MDAwMDAwMCwidXNlcl9pZCI6IjEwMTUwMDAwMDAwMDAwMDAxIn0';
const WEBHOOK =
  '{"object":"permissions","entry":[{"id":"10150000000000001","uid":"10150000000000001","time":1760000000,"changed_fields":["connected"]}]}';

const deauthorize = (signedRequest: string, at = context) =>
  readFacebookCallback(
    {
      path: '/webhooks/facebook/deauthorize',
      headers: {},
      body: Buffer.from(new URLSearchParams({ signed_request: signedRequest }).toString()),
    },
    at,
  );
const sign = (text: string) => createHmac('sha256', SECRET).update(text).digest();
const signed = (payload: unknown, padding = '') => {
  const encoded = Buffer.from(JSON.stringify(payload)).toString('base64url') + padding;
  return `${sign(encoded).toString('base64url')}${padding}.${encoded}`;
};
const permissions = (body: string, signature = `sha256=${sign(body).toString('hex')}`, at = context) =>
  readFacebookCallback(
    { path: '/webhooks/facebook/permissions', headers: { 'x-hub-signature-256': signature }, body: Buffer.from(body) },
    at,
  );
const webhook = (...entry: object[]) => JSON.stringify({ object: 'permissions', entry });
const person = (id: string, more: object, time = 1_760_000_000) => ({ id, uid: id, time, ...more });

describe('appsecret_proof', () => {
  it('is the classic proof of the token that is sent', () => {
    expect(appSecretProof(new Secret('EAATESTTOKEN0001'), new Secret(SECRET))).toBe(
      'f415c58dc74c015667fa06119b3dddf5c6a4e047b24d89a5a07e7cc87aad18e0',
    );
  });
});

describe('signed_request', () => {
  it('B8 reads the vector, once per path', () => {
    const [notice, ...others] = deauthorize(VECTOR);
    expect(others).toEqual([]);
    expect(notice).toMatchObject({ kind: 'deauthorized', subjectId: '10150000000000001', issuedAt: ISSUED_AT });
    expect(notice?.reason).toBe('removed_in_settings');
    expect(notice?.deduplicationKey).toBe(deauthorize(VECTOR)[0]?.deduplicationKey);
    const deletion = readFacebookCallback(
      { path: '/webhooks/facebook/data-deletion', headers: {}, body: Buffer.from(`signed_request=${VECTOR}`) },
      context,
    );
    expect(deletion[0]?.kind).toBe('data_deletion');
    expect(deletion[0]?.deduplicationKey).not.toBe(notice?.deduplicationKey);
  });

  it('takes base64url with padding, and ids that are bare numbers', () => {
    expect(
      deauthorize(signed({ algorithm: 'HMAC-SHA256', issued_at: 1_760_000_000, user_id: '1' }, '='))[0]?.subjectId,
    ).toBe('1');
    const payload = Buffer.from(
      '{"algorithm":"HMAC-SHA256","issued_at":1760000000,"user_id":17841400000000001}',
    ).toString('base64url');
    expect(deauthorize(`${sign(payload).toString('base64url')}.${payload}`)[0]?.subjectId).toBe('17841400000000001');
  });

  it.each([
    ['a tampered payload', VECTOR.replace('.eyJ', '.eyK')],
    ['a tampered signature', VECTOR.replace('Ksfc', 'Ksfd')],
    ['a signature cut short', VECTOR.slice(4)],
    ['three parts', `${VECTOR}.x`],
    ['one part', 'KsfcsyPHFT7CP9hy1YRlmK5FxQxOx8vedtlMwIr0CDM'],
    ['another algorithm', signed({ algorithm: 'none', issued_at: 1_760_000_000, user_id: '1' })],
    ['no time', signed({ algorithm: 'HMAC-SHA256', user_id: '1' })],
    ['no person', signed({ algorithm: 'HMAC-SHA256', issued_at: 1_760_000_000 })],
  ])('B8 refuses %s', (_what, signedRequest) => {
    expect(() => deauthorize(signedRequest)).toThrow(InvalidCallbackError);
  });

  it('B8 believes a notice for 36 hours, which Meta repeats it for, and no longer', () => {
    const at = (ms: number) => ({ ...context, now: new Date(ISSUED_AT.getTime() + ms) });
    expect(deauthorize(VECTOR, at(hours(36)))).toHaveLength(1);
    expect(() => deauthorize(VECTOR, at(hours(36) + 1))).toThrow(InvalidCallbackError);
    expect(() => deauthorize(VECTOR, at(-hours(1)))).toThrow(InvalidCallbackError);
  });
});

describe('permissions webhook', () => {
  it('B8 reads the vector', () => {
    const vector = 'sha256=0b9d152e3ed36fdc03feefdb1cc30bee140a1421e8d1cc9ee553550f92b15802';
    expect(permissions(WEBHOOK, vector)).toEqual([
      expect.objectContaining({ kind: 'permissions_changed', subjectId: '10150000000000001', issuedAt: ISSUED_AT }),
    ]);
  });

  it('reads several people, and both shapes of a change', () => {
    const body = webhook(
      person('1', { changes: [{ field: 'connected', verb: 'revoked' }] }),
      person('2', { changes: [{ field: 'connected', verb: 'granted' }] }),
      person('3', { changes: [{ field: 'instagram_basic', value: { verb: 'revoked', target_ids: null } }] }),
    );
    expect(permissions(body).map(({ kind, subjectId }) => `${subjectId} ${kind}`)).toEqual([
      '1 deauthorized',
      '2 permissions_changed',
      '3 permissions_changed',
    ]);
  });

  it('B8 leaves out what is too old, and refuses where nothing is left', () => {
    const old = person('1', {}, 1_759_000_000);
    expect(permissions(webhook(old, person('2', {}))).map(({ subjectId }) => subjectId)).toEqual(['2']);
    expect(() => permissions(webhook(old))).toThrow(InvalidCallbackError);
  });

  it.each([
    ['no signature', undefined],
    ['another form', 'sha1=00'],
    ['a wrong signature', `sha256=${'0'.repeat(64)}`],
    ['the signature of re-serialised JSON', `sha256=${sign(`${WEBHOOK} `).toString('hex')}`],
  ])('B8 refuses %s', (_what, signature) => {
    const request = {
      path: '/webhooks/facebook/permissions',
      headers: { 'x-hub-signature-256': signature },
      body: Buffer.from(WEBHOOK),
    };
    expect(() => readFacebookCallback(request, context)).toThrow(InvalidCallbackError);
  });

  it('B8 refuses more people than Meta sends at once', () => {
    const crowd = Array.from({ length: 1_001 }, (_, index) => person(String(index), {}));
    expect(() => permissions(webhook(...crowd))).toThrow(InvalidCallbackError);
  });
});
