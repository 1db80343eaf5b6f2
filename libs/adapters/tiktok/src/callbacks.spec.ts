import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { InvalidCallbackError } from '@mooring/adapters-core';
import { minutes, Secret, seconds } from '@mooring/contracts';
import { readTikTokCallback } from './callbacks.ts';

const SECRET = 'cs_test';
const SENT_AT = new Date(1_700_000_000_000);
const context = { app: { clientKey: 'ck_test', clientSecret: new Secret(SECRET) }, now: SENT_AT };
const BODY =
  '{"client_key":"ck_test","event":"authorization.removed","create_time":1700000000,"user_openid":"open-id-1","content":"{\\"reason\\":1}"}';
const VECTOR = 't=1700000000,s=5556b3c9eaacf6a08685ea6528364a09be5bbc8bc64cf0edf3f047de7012c295';

const signatureOf = (body: string, t = 1_700_000_000) =>
  `t=${t},s=${createHmac('sha256', SECRET).update(`${t}.${body}`).digest('hex')}`;
const read = (body: string, signature: string | undefined = signatureOf(body), now = SENT_AT) =>
  readTikTokCallback(
    {
      path: '/webhooks/tiktok/events',
      headers: signature === '' ? {} : { 'tiktok-signature': signature },
      body: Buffer.from(body),
    },
    { ...context, now },
  );
const event = (more: object) =>
  JSON.stringify({
    ...{ client_key: 'ck_test', event: 'authorization.removed', create_time: 1_700_000_000, user_openid: 'open-id-1' },
    ...more,
  });

describe('TikTok’s webhook', () => {
  it('B8 reads the vector', () => {
    expect(read(BODY, VECTOR)).toEqual([
      {
        kind: 'deauthorized',
        subjectId: 'open-id-1',
        issuedAt: SENT_AT,
        reason: 'removed_in_settings',
        deduplicationKey: expect.stringMatching(/^events:[0-9a-f]{64}$/),
      },
    ]);
  });

  it.each([
    [0, null],
    [1, 'removed_in_settings'],
    [2, 'account_suspended'],
    [3, 'platform_policy'],
    [4, 'account_suspended'],
    [5, null],
    [490, null],
  ])('L-15 reason %i is %s', (reason, expected) => {
    expect(read(event({ content: JSON.stringify({ reason }) }))).toMatchObject([{ reason: expected }]);
  });

  it.each([undefined, null, '', 'no json', '{"reason":"1"}', '[]'])(
    'believes the event with a content of %p',
    (content) => {
      expect(read(event({ content }))).toMatchObject([{ kind: 'deauthorized', reason: null }]);
    },
  );

  it('B8 a delivery again, signed anew, is the same notice; another one is not', () => {
    const [first] = read(BODY, VECTOR);
    const [again] = read(BODY, signatureOf(BODY, 1_700_000_060), new Date(SENT_AT.getTime() + minutes(1)));
    expect(again?.deduplicationKey).toBe(first?.deduplicationKey);
    const [later] = read(event({ create_time: 1_700_000_001, content: '{"reason":1}' }));
    expect(later?.deduplicationKey).not.toBe(first?.deduplicationKey);
  });

  it.each(['post.publish.failed', 'portability.download.ready', 'video.upload.failed'])(
    'another event of the app, %s, is authentic and tells of nothing',
    (name) => {
      expect(read(event({ event: name, content: '{}' }))).toEqual([]);
    },
  );

  it.each([
    [minutes(5), true],
    [minutes(5) + 1, false],
    [-seconds(60), true],
    [-seconds(61), false],
  ])('B8 a delivery %i ms after its signature is taken: %p', (ageMs, taken) => {
    const reading = () => read(BODY, VECTOR, new Date(SENT_AT.getTime() + ageMs));
    if (taken) expect(reading()).toHaveLength(1);
    else expect(reading).toThrow(InvalidCallbackError);
  });

  it.each([
    ['no signature', BODY, ''],
    ['another form', BODY, `s=${'0'.repeat(64)}`],
    ['a wrong signature', BODY, `t=1700000000,s=${'0'.repeat(64)}`],
    ['a signature cut short', BODY, VECTOR.slice(0, -2)],
    ['a changed body', BODY.replace('open-id-1', 'open-id-2'), VECTOR],
    ['the same JSON, written otherwise', `${BODY} `, VECTOR],
    ['another time than was signed', BODY, VECTOR.replace('1700000000', '1700000001')],
    ['another app', event({ client_key: 'ck_other' }), undefined],
    ['nobody', event({ user_openid: undefined }), undefined],
    ['no time', event({ create_time: 'now' }), undefined],
    ['no JSON', 'x', undefined],
    ['too much', event({ content: 'x'.repeat(70_000) }), undefined],
  ])('B8 refuses %s', (_what, body, signature) => {
    expect(() => read(body, signature)).toThrow(InvalidCallbackError);
  });

  it('B8 refuses another name', () => {
    const request = {
      path: '/webhooks/tiktok/other',
      headers: { 'tiktok-signature': VECTOR },
      body: Buffer.from(BODY),
    };
    expect(() => readTikTokCallback(request, context)).toThrow(InvalidCallbackError);
  });
});
