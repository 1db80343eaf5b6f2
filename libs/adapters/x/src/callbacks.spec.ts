import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { hours, minutes, Secret } from '@mooring/contracts';
import { InvalidCallbackError } from '@mooring/adapters-core';
import { answerCrc, readXCallback } from './callbacks.ts';

const SECRET = 'test-consumer-secret-000';
const REVOKED_AT = new Date('2026-07-23T21:44:05Z');
const keys = { secret: new Secret(SECRET), appId: '222' };
const ACTIVITY = {
  data: {
    event_uuid: '1',
    filter: {},
    event_type: 'oauth.revoke',
    payload: { date_time: '2026-07-23T21:44:05+00:00', user_id: '111', app_id: '222' },
  },
};
const ACCOUNT = {
  user_event: {
    revoke: { date_time: '2026-07-23T21:44:05+00:00', target: { app_id: '222' }, source: { user_id: '111' } },
  },
};

const sign = (body: string | Buffer) => `sha256=${createHmac('sha256', SECRET).update(body).digest('base64')}`;

function read(event: unknown, given: { signature?: string; now?: Date; path?: string; appId?: string | null } = {}) {
  const body = Buffer.from(typeof event === 'string' ? event : JSON.stringify(event));
  const headers = { 'x-twitter-webhooks-signature': given.signature ?? sign(body) };
  const request = { path: given.path ?? '/webhooks/x/events', headers, body };
  return readXCallback(
    request,
    { ...keys, ...('appId' in given && { appId: given.appId ?? null }) },
    given.now ?? REVOKED_AT,
  );
}

describe('X’s events', () => {
  it.each([
    ['oauth.revoke of the X Activity API', ACTIVITY],
    ['user_event.revoke of the Account Activity API', ACCOUNT],
  ])('B8 reads %s, the same each time it is delivered', (_what, event) => {
    const [notice, ...others] = read(event);
    expect(others).toEqual([]);
    expect(notice).toMatchObject({ kind: 'deauthorized', subjectId: '111', issuedAt: REVOKED_AT });
    expect(read(event, { now: new Date(REVOKED_AT.getTime() + minutes(9)) })[0]).toEqual(notice);
  });

  it('B8 tells two revocations apart', () => {
    const later = structuredClone(ACTIVITY);
    later.data.payload.date_time = '2026-07-23T21:45:00+00:00';
    expect(read(later, { now: REVOKED_AT })[0]?.deduplicationKey).not.toBe(read(ACTIVITY)[0]?.deduplicationKey);
  });

  it('keeps ids beyond 2^53, also as bare numbers', () => {
    const text = JSON.stringify(ACTIVITY).replace('"111"', '1460323737035677698');
    expect(read(text)[0]?.subjectId).toBe('1460323737035677698');
  });

  it.each([
    ['a tampered body', JSON.stringify(ACTIVITY).replace('111', '112'), sign(JSON.stringify(ACTIVITY))],
    ['the signature of re-serialised JSON', `${JSON.stringify(ACTIVITY)} `, sign(JSON.stringify(ACTIVITY))],
    ['a signature in hexadecimal digits', '{}', `sha256=${createHmac('sha256', SECRET).update('{}').digest('hex')}`],
    ['another algorithm', '{}', `sha1=${createHmac('sha1', SECRET).update('{}').digest('base64')}`],
    ['no signature', '{}', ''],
    ['what is no JSON', 'crc_token=1', sign('crc_token=1')],
  ])('B8 refuses %s', (_what, body, signature) => {
    expect(() => read(body, { signature })).toThrow(InvalidCallbackError);
  });

  it('B8 believes an event for a day, and none from the future', () => {
    const at = (ms: number) => new Date(REVOKED_AT.getTime() + ms);
    expect(read(ACTIVITY, { now: at(hours(24)) })).toHaveLength(1);
    expect(() => read(ACTIVITY, { now: at(hours(24) + 1) })).toThrow(InvalidCallbackError);
    expect(() => read(ACCOUNT, { now: at(-minutes(6)) })).toThrow(InvalidCallbackError);
    const timeless = structuredClone(ACTIVITY);
    timeless.data.payload.date_time = 'yesterday';
    expect(() => read(timeless)).toThrow(InvalidCallbackError);
  });

  it('B8 refuses events about another app, where ours is known', () => {
    for (const event of [ACTIVITY, ACCOUNT]) {
      expect(() => read(event, { appId: '333' })).toThrow(InvalidCallbackError);
      expect(read(event, { appId: null })).toHaveLength(1);
    }
  });

  it('B8 refuses other names and a body too large, without reading it', () => {
    expect(() => read(ACTIVITY, { path: '/webhooks/x/deauthorize' })).toThrow(InvalidCallbackError);
    expect(() => read(JSON.stringify({ ...ACTIVITY, more: 'x'.repeat(300_000) }))).toThrow('too large');
  });

  it('takes other authentic events for what they are: nothing to do', () => {
    expect(read({ for_user_id: '111', tweet_create_events: [{ id: 1 }] })).toEqual([]);
    expect(read({ data: { event_type: 'profile.update.bio', payload: {} } })).toEqual([]);
  });
});

describe('X’s challenge', () => {
  const token = 'MDZlZjNkOWUtZGVhZC00ZjE5LTk5M2MtMWFjNTQ2ZjQyZjM1';

  it('is answered with its signature in JSON', () => {
    const { contentType, body } = answerCrc(keys.secret, { crc_token: token, nonce: '1' });
    expect(contentType).toBe('application/json');
    expect(JSON.parse(body)).toEqual({ response_token: sign(token) });
  });

  it.each([
    ['an event, whose signature would make a forgery', JSON.stringify(ACTIVITY)],
    ['the beginning of one', '{'],
    ['nothing', ''],
    ['too much', 'a'.repeat(257)],
    ['lines', 'a\nb'],
    ['no challenge', undefined],
  ])('B8 is not answered for %s', (_what, crcToken) => {
    expect(() => answerCrc(keys.secret, { crc_token: crcToken })).toThrow(InvalidCallbackError);
  });
});
