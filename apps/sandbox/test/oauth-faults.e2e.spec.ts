import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NAMED_FAULTS } from '../src/faults/named-faults.ts';
import { SampleDriver } from './sample-driver.ts';

const DAY_SECONDS = 86_400;

let sample: SampleDriver;

beforeAll(async () => {
  sample = await SampleDriver.start();
});
beforeEach(() => sample.control('POST', 'reset'));
afterAll(() => sample.close());

const fault = (body: object) => sample.control('PUT', 'sample/fault', body);
const wellAgain = () => sample.control('DELETE', 'sample/fault');

describe('faults of transport', () => {
  it.each([500, 502, 503, 504, 429])('%i: a bare status', async (status) => {
    await fault({ fault: String(status) });
    const reply = await sample.me('at-any');
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([status, null]);
  });

  it('429-retry-after: with the seconds to wait', async () => {
    await fault({ fault: '429-retry-after', retryAfterSeconds: 7 });
    const reply = await sample.me('at-any');
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, '7']);
  });

  it('reset: the connection breaks', async () => {
    await fault({ fault: 'reset' });
    await expect(sample.me('at-any')).rejects.toThrow();
  });

  it('hang: no answer comes; hang-30s, here made shorter: and then the connection breaks', async () => {
    await fault({ fault: 'hang' });
    await expect(sample.me('at-any', AbortSignal.timeout(150))).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(NAMED_FAULTS['hang-30s']).toMatchObject({ kind: 'hang', delayMs: 30_000 });
    await fault({ fault: 'hang-30s', delayMs: 50 });
    await expect(sample.me('at-any')).rejects.toMatchObject({ name: 'TypeError' });
  });

  it('truncated: a complete answer with half a JSON; half: the connection breaks within it', async () => {
    const { access_token } = await sample.connect();
    await fault({ fault: 'truncated' });
    const text = await (await sample.me(access_token)).text();
    expect(() => void JSON.parse(text)).toThrow(SyntaxError);
    await fault({ fault: 'half' });
    await expect(sample.me(access_token).then((reply) => reply.text())).rejects.toThrow();
  });

  it('html: an error page, with an error’s status or with 200', async () => {
    await fault({ fault: 'html' });
    const page = await sample.me('at-any');
    expect([page.status, await page.text()]).toEqual([502, expect.stringContaining('<h1>')]);
    await fault({ fault: 'html-200' });
    expect((await sample.me('at-any')).status).toBe(200);
  });

  it('error-200: HTTP 200 with an error in it', async () => {
    const { refresh_token } = await sample.connect();
    await fault({ fault: 'error-200', calls: ['token.refresh'], times: 1 });
    const wrong = await sample.refresh(refresh_token);
    expect([wrong.status, Object.keys(wrong.body as object)]).toEqual([200, ['error', 'error_description']]);
    expect((await sample.refresh(refresh_token)).status).toBe(200);
  });

  it('answer: whatever the control call says', async () => {
    const said = { status: 418, body: { id: 'teapot' }, headers: { 'x-pot': '1' } };
    await fault({ kind: 'answer', ...said });
    const reply = await sample.me('at-any');
    expect([reply.status, await reply.json(), reply.headers.get('x-pot')]).toEqual([418, said.body, '1']);
  });

  it('slow: late, but right', async () => {
    const { access_token } = await sample.connect();
    await fault({ fault: 'slow', delayMs: 120 });
    const startedAtMs = performance.now();
    expect((await sample.me(access_token)).status).toBe(200);
    expect(performance.now() - startedAtMs).toBeGreaterThan(110);
  });
});

describe('faults of tokens', () => {
  it('blank-token: HTTP 200 with empty tokens, after the effect', async () => {
    const { refresh_token } = await sample.connect();
    await fault({ fault: 'blank-token', calls: ['token'] });
    const { status, body } = await sample.refresh(refresh_token);
    expect([status, body.access_token, body.refresh_token]).toEqual([200, '', '']);
    await wellAgain();
    expect((await sample.refresh(refresh_token)).body.error).toBe('refresh-spent');
  });

  it('family-revoked: the next refresh is taken for a reuse', async () => {
    const { access_token, refresh_token } = await sample.connect();
    await fault({ fault: 'family-revoked', times: 1 });
    expect((await sample.refresh(refresh_token)).body.error).toBe('refresh-spent');
    expect((await sample.me(access_token)).status).toBe(401);
    expect((await sample.refresh(refresh_token)).body.error).toBe('refresh-ended');
  });

  it('no-refresh-token: the answer has none', async () => {
    await fault({ fault: 'no-refresh-token' });
    expect(await sample.connect()).not.toHaveProperty('refresh_token');
  });

  it('refresh-counts-down: a refresh moves the access token’s end only', async () => {
    await fault({ fault: 'refresh-counts-down' });
    const first = await sample.connect();
    await sample.control('POST', 'clock', { offsetMs: 3_600_000 });
    const { body } = await sample.refresh(first.refresh_token);
    expect(body.expires_in).toBe(7200);
    expect(body.refresh_expires_in).toBeGreaterThan(DAY_SECONDS - 3_700);
    expect(body.refresh_expires_in).toBeLessThanOrEqual(DAY_SECONDS - 3_600);
  });
});

it('strikes only the named kinds of calls, only so often, and several at once', async () => {
  const { access_token, refresh_token } = await sample.connect();
  await fault({
    faults: [
      { fault: '503', calls: ['api'], times: 2 },
      { fault: '429', calls: ['token.refresh'] },
    ],
  });
  const statuses = [];
  for (let call = 0; call < 3; call += 1) statuses.push((await sample.me(access_token)).status);
  expect(statuses).toEqual([503, 503, 200]);
  const refused = await fetch(`${sample.url}/api.sample.example/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token }),
  });
  expect(refused.status).toBe(429);
  const { totals, recent } = (await sample.control('GET', 'sample/requests')).body;
  expect(totals.statuses).toMatchObject({ 'api.me 503': 2, 'api.me 200': 1, 'token.refresh 429': 1 });
  expect(recent[0]).toMatchObject({ kind: 'token.refresh', status: 429, fault: 'status', person: 'sara' });
});

it('names what it knows where a fault is unknown', async () => {
  const { status, body } = await fault({ fault: 'nonsense' });
  expect([status, body.error]).toEqual([400, expect.stringContaining('lost-answer')]);
});
