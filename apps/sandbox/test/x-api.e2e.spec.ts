import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { APP, type Received, XDriver } from './x-driver.ts';

const XAVIER = '1460323737035677698';

let x: XDriver;

beforeAll(async () => {
  x = await XDriver.start();
});
beforeEach(() => x.reset());
afterAll(() => x.close());

const me = (token: string) => x.api('/2/users/me?user.fields=profile_image_url', token);
const UNAUTHORIZED = { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' };

describe('X’s API', () => {
  it('tells whose the token is, and how far the limit is used', async () => {
    const { access_token: token } = await x.connect();
    const { body, headers } = await me(token);
    expect(body).toMatchObject({ data: { id: XAVIER, name: 'Xavier Holt', username: 'xavier_at_sandbox' } });
    expect(headers.get('x-rate-limit-limit')).toBe('75');
    expect(headers.get('x-rate-limit-remaining')).toBe('74');
    expect(Number(headers.get('x-rate-limit-reset')) * 1_000).toBeGreaterThan(Date.now());
  });

  it('has limits of a person that count where they are told to', async () => {
    const { access_token: token } = await x.connect();
    await x.control('PUT', 'x/switches', { enforceLimits: true });
    for (let left = 74; left >= 0; left -= 1) {
      const { status, headers } = await me(token);
      expect([status, headers.get('x-rate-limit-remaining')]).toEqual([200, String(left)]);
    }
    const refused = await me(token);
    expect(refused).toMatchObject({ status: 429, body: { type: 'https://api.x.com/2/problems/rate-limit-exceeded' } });
    expect(refused.headers.get('x-rate-limit-remaining')).toBe('0');
    await x.control('POST', 'clock', { offsetMs: 15 * 60_000 });
    expect((await me(token)).status).toBe(200);
  });

  it.each(['access-expired', 'app-removed', 'password-changed'])('answers alike after %s', async (act) => {
    const { access_token: token } = await x.connect();
    await x.control('POST', `x/people/xavier/${act}`);
    expect(await me(token)).toMatchObject({ status: 401, body: UNAUTHORIZED });
  });

  it('names a suspension, and lifts it', async () => {
    const { access_token: token } = await x.connect();
    await x.control('POST', 'x/people/xavier/suspended');
    expect(await me(token)).toMatchObject({ status: 403, body: { reason: 'user-suspended' } });
    await x.control('POST', 'x/people/xavier/restore');
    expect((await me(token)).status).toBe(200);
  });

  it.each([
    ['credits-depleted', 402],
    ['client-not-enrolled', 403],
    ['unsupported-authentication', 403],
    ['rate-limited', 429],
    ['usage-capped', 429],
    ['legacy-limit', 429],
    ['suspended-200', 200],
  ])('refuses everybody with %s where it is told to', async (apiRefuses, status) => {
    const { access_token: token } = await x.connect();
    await x.control('PUT', 'x/switches', { apiRefuses });
    const answer = await me(token);
    expect(answer.status).toBe(status);
    expect(answer.body).not.toHaveProperty('data');
  });

  it('wants the scopes', async () => {
    const { access_token: token } = await x.connect('tweet.read offline.access');
    expect(await me(token)).toMatchObject({
      status: 403,
      body: { type: 'https://api.x.com/2/problems/not-authorized-for-resource' },
    });
  });

  it('publishes and shows posts, newest first, none twice', async () => {
    const { access_token: token } = await x.connect();
    const list = () => x.api(`/2/users/${XAVIER}/tweets?max_results=5&tweet.fields=created_at`, token);
    expect((await list()).body).toEqual({ meta: { result_count: 0 } });
    expect((await x.api('/2/tweets', token, { text: 'one' })).status).toBe(201);
    expect((await x.api('/2/tweets', token, { text: 'two' })).status).toBe(201);
    expect((await x.api('/2/tweets', token, { text: 'two' })).status).toBe(403);
    const { data } = (await list()).body as { data: { text: string; created_at: string }[] };
    expect(data.map(({ text }) => text)).toEqual(['two', 'one']);
    expect((await x.api('/2/users/1/tweets', token)).body).toMatchObject({ errors: [{ title: 'Not Found Error' }] });
  });
});

describe('X’s notices', () => {
  const sign = (text: string) => `sha256=${createHmac('sha256', APP.clientSecret).update(text).digest('base64')}`;
  const isSigned = ({ body, headers }: Received) => headers['x-twitter-webhooks-signature'] === sign(body);
  const notify = (body: object) => x.control('POST', 'x/people/xavier/notify', body);

  it('B8 tell of a removal in both shapes, after it happened', async () => {
    const { access_token: token } = await x.connect();
    await notify({ notice: 'oauth.revoke' });
    await notify({ notice: 'user_event.revoke' });
    expect(x.received.map(isSigned)).toEqual([true, true]);
    const bodies = x.received.map(({ body }) => JSON.parse(body) as unknown);
    expect(bodies).toMatchObject([
      { data: { event_type: 'oauth.revoke', payload: { user_id: XAVIER, app_id: '29480001' } } },
      { user_event: { revoke: { source: { user_id: XAVIER }, target: { app_id: '29480001' } } } },
    ]);
    expect((await me(token)).status).toBe(401);
  });

  it('B8 can be forged, old, sent again, and about strangers', async () => {
    await notify({ tampered: true, removes: false });
    await notify({ ageSeconds: 90_000, removes: false });
    await notify({ replayed: true, removes: false });
    await notify({ subjectId: '999', removes: false });
    const [forged, old, again, stranger] = x.received;
    expect(x.received.map(isSigned)).toEqual([false, true, true, true]);
    expect(JSON.parse(forged?.body ?? '')).toHaveProperty('data');
    expect(again?.body).toBe(old?.body);
    expect(stranger?.body).toContain('"user_id":"999"');
  });

  it('come only to an address that passes X’s challenge', async () => {
    expect(await x.control('POST', 'x/crc', {})).toEqual({ callbackStatus: 200, valid: false });
    x.reply = ({ url }) => {
      const token = new URL(url, 'http://app.invalid').searchParams.get('crc_token') ?? '';
      return JSON.stringify({ response_token: sign(token) });
    };
    expect(await x.control('POST', 'x/crc', {})).toEqual({ callbackStatus: 200, valid: true });
    expect(x.received.map(({ method }) => method)).toEqual(['GET', 'GET']);
  });
});
