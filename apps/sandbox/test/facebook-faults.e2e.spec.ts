import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../src/index.ts';
import { FacebookDriver, startSandbox } from './facebook-driver.ts';

let sandbox: Sandbox;
let facebook: FacebookDriver;

beforeAll(async () => {
  sandbox = await startSandbox();
  facebook = new FacebookDriver(sandbox.url);
});
beforeEach(() => facebook.control('POST', 'reset'));
afterAll(() => sandbox.close());

const fault = (body: object) => facebook.control('PUT', 'facebook/fault', body);
const me = (signal?: AbortSignal) => fetch(`${sandbox.url}/graph.facebook.com/v25.0/me`, { signal });

describe('faults of transport', () => {
  it('status: 503 without an envelope, 429 with Retry-After', async () => {
    await fault({ kind: 'status', status: 429, retryAfterSeconds: 30 });
    const reply = await me();
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, '30']);
    await fault({ kind: 'status' });
    expect((await me()).status).toBe(503);
  });

  it('reset: the connection breaks', async () => {
    await fault({ kind: 'reset' });
    await expect(me()).rejects.toThrow();
  });

  it('hang: no answer comes', async () => {
    await fault({ kind: 'hang' });
    await expect(me(AbortSignal.timeout(150))).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('half: the connection breaks within the body, after the effect', async () => {
    const user = await facebook.longToken();
    await fault({ kind: 'half', endpoints: ['oauth/access_token:fb_exchange_token'], remaining: 1 });
    const before = (await facebook.control('GET', 'facebook/people/fiona')).body.tokenCount as number;
    await expect(facebook.exchangeToken(user)).rejects.toThrow();
    expect((await facebook.control('GET', 'facebook/people/fiona')).body.tokenCount).toBe(before + 1);
    expect((await facebook.exchangeToken(user)).status).toBe(200);
  });

  it('truncated: a complete answer with half a JSON', async () => {
    await fault({ kind: 'truncated' });
    const text = await (await me()).text();
    expect(() => void JSON.parse(text)).toThrow(SyntaxError);
  });

  it('html: an error page', async () => {
    await fault({ kind: 'html', status: 502 });
    const reply = await me();
    expect([reply.status, await reply.text()]).toEqual([502, expect.stringContaining('<h1>')]);
  });

  it('slow: late, but right', async () => {
    const user = await facebook.longToken();
    await fault({ kind: 'slow', delayMs: 120 });
    const startedAtMs = performance.now();
    expect((await facebook.as(user, 'GET', 'me')).status).toBe(200);
    expect(performance.now() - startedAtMs).toBeGreaterThan(110);
  });

  it('strikes only the named endpoints, only so often, and is logged', async () => {
    const user = await facebook.longToken();
    await fault({ kind: 'status', endpoints: ['me/accounts'], remaining: 2 });
    expect((await facebook.as(user, 'GET', 'me')).status).toBe(200);
    const accounts = () => fetch(`${sandbox.url}/graph.facebook.com/v25.0/me/accounts`);
    expect([(await accounts()).status, (await accounts()).status, (await accounts()).status]).toEqual([503, 503, 400]);
    const { totals, recent } = (await facebook.control('GET', 'facebook/requests')).body;
    expect(totals.statuses).toMatchObject({ 'me/accounts 503': 2, 'me/accounts 400': 1 });
    expect(recent[1]).toMatchObject({ endpoint: 'me/accounts', status: 503, fault: 'status' });
  });
});

describe('faults in Graph’s own envelope', () => {
  it.each([
    [4, 403],
    [17, 400],
    [32, 403],
    [613, 400],
    [80001, 400],
  ])('rate_limit: code %i, with the minutes in the business usage header', async (code, status) => {
    await fault({ kind: 'rate_limit', code, retryAfterSeconds: 90 });
    const reply = await me();
    const body = (await reply.json()) as { error: { code: number } };
    expect([reply.status, body.error.code]).toEqual([status, code]);
    const usage = JSON.parse(reply.headers.get('x-business-use-case-usage') ?? '{}');
    expect(Object.values(usage)).toEqual([[expect.objectContaining({ estimated_time_to_regain_access: 2 })]]);
  });

  it.each([1, 2])('transient: code %i with HTTP 500', async (code) => {
    await fault({ kind: 'transient', code });
    const reply = await me();
    expect([reply.status, await reply.json()]).toEqual([
      500,
      { error: expect.objectContaining({ code, is_transient: true }) },
    ]);
  });

  it('graph: any code and subcode; switch: code 190 without its subcode', async () => {
    await fault({ kind: 'graph', code: 368, subcode: 1390008 });
    expect(await (await me()).json()).toMatchObject({ error: { code: 368, error_subcode: 1390008 } });
    await facebook.control('DELETE', 'facebook/fault');
    const user = await facebook.longToken();
    await facebook.control('POST', 'facebook/people/fiona/password-changed');
    await facebook.control('PUT', 'facebook/switches', { omitSubcodes: true });
    const refused = await facebook.as(user, 'GET', 'me');
    expect(refused.body.error.code).toBe(190);
    expect(refused.body.error).not.toHaveProperty('error_subcode');
  });

  it('blank_token: HTTP 200 with an empty token', async () => {
    const user = await facebook.longToken();
    await fault({ kind: 'blank_token', endpoints: ['oauth/access_token'] });
    const reply = await facebook.exchangeToken(user);
    expect([reply.status, reply.body.access_token]).toEqual([200, '']);
  });
});

it('B6: a changed app secret refuses the exchange and leaves tokens alone, until a reset', async () => {
  const user = await facebook.longToken();
  await facebook.control('PUT', 'facebook/app', { clientSecret: 'CANARY-another' });
  await facebook.control('PUT', 'facebook/switches', { requireAppSecret: false });
  const refused = await facebook.exchangeToken(user);
  expect(refused.body.error).toMatchObject({ code: 1, message: 'Error validating client secret.' });
  expect((await facebook.graph('GET', 'me', { access_token: user })).status).toBe(200);
  await facebook.control('POST', 'reset');
  expect((await facebook.exchangeToken(await facebook.shortToken())).status).toBe(200);
});
