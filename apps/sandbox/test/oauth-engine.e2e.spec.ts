import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { challengeOf } from '../src/oauth/pkce.ts';
import { SampleDriver } from './sample-driver.ts';

let sample: SampleDriver;

beforeAll(async () => {
  sample = await SampleDriver.start();
});
beforeEach(() => sample.control('POST', 'reset'));
afterAll(() => sample.close());

const clock = (offsetMs: number) => sample.control('POST', 'clock', { offsetMs });
const live = async (token: string) => (await sample.me(token)).status === 200;

describe('authorization codes', () => {
  it('are used once, live 30 s by the platform’s clock, and are bound to the redirect URI', async () => {
    const codeOf = async () => (await sample.consent()).searchParams.get('code') ?? '';
    const code = await codeOf();
    expect((await sample.exchange(code)).status).toBe(200);
    expect((await sample.exchange(code)).body.error).toBe('code-used');
    expect((await sample.exchange(await codeOf(), { redirect_uri: 'http://127.0.0.1/x' })).body.error).toBe(
      'code-redirect',
    );
    const late = await codeOf();
    await clock(30_000);
    expect((await sample.exchange(late)).body.error).toBe('code-expired');
    expect((await sample.exchange('code-nonsense')).body.error).toBe('code-unknown');
  });

  it.each(['S256', 'hex'] as const)('PKCE %s: only the right verifier, in the right encoding', async (method) => {
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    const query = { code_challenge: challengeOf(verifier, method), code_challenge_method: method };
    const codeOf = async () => (await sample.consent({}, query)).searchParams.get('code') ?? '';
    expect((await sample.exchange(await codeOf())).body.error).toBe('code-verifier');
    expect((await sample.exchange(await codeOf(), { code_verifier: 'x'.repeat(43) })).body.error).toBe('code-verifier');
    expect((await sample.exchange(await codeOf(), { code_verifier: verifier })).status).toBe(200);
  });

  it('knows TikTok’s documented vector', () => {
    expect(challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk', 'hex')).toBe(
      '13d31e961a1ad8ec2f16b10c4c982e0876a878ad6df144566ee1894acb70f9c3',
    );
  });
});

describe('rotation', () => {
  it('strict: a spent refresh token that comes again ends the whole family, and no other', async () => {
    const other = await sample.connect();
    const first = await sample.connect();
    const second = (await sample.refresh(first.refresh_token)).body as typeof first;
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await live(second.access_token)).toBe(true);
    expect((await sample.refresh(first.refresh_token)).body.error).toBe('refresh-spent');
    expect(await live(second.access_token)).toBe(false);
    expect((await sample.refresh(second.refresh_token)).body.error).toBe('refresh-ended');
    expect(await live(other.access_token)).toBe(true);
  });

  it('single-use: the spent token is refused, its successor lives', async () => {
    await sample.control('PUT', 'sample/switches', { rotation: 'single-use' });
    const first = await sample.connect();
    const second = (await sample.refresh(first.refresh_token)).body as typeof first;
    expect((await sample.refresh(first.refresh_token)).body.error).toBe('refresh-spent');
    expect((await sample.refresh(second.refresh_token)).status).toBe(200);
  });

  it('reusable: the same token stays', async () => {
    await sample.control('PUT', 'sample/switches', { rotation: 'reusable' });
    const first = await sample.connect();
    const second = (await sample.refresh(first.refresh_token)).body as typeof first;
    expect(second.refresh_token).toBe(first.refresh_token);
  });

  it('none: there is no refresh token', async () => {
    await sample.control('PUT', 'sample/switches', { rotation: 'none' });
    expect(await sample.connect()).not.toHaveProperty('refresh_token');
  });

  it('lost answer: the platform spends the token, and the caller never learns its successor', async () => {
    const first = await sample.connect();
    await sample.control('PUT', 'sample/fault', { fault: 'lost-answer', calls: ['token.refresh'], times: 1 });
    await expect(sample.refresh(first.refresh_token)).rejects.toThrow();
    expect(await live(first.access_token)).toBe(true);
    expect((await sample.refresh(first.refresh_token)).body.error).toBe('refresh-spent');
    expect(await live(first.access_token)).toBe(false);
    const { totals } = (await sample.control('GET', 'sample/requests')).body;
    expect(totals.kinds).toMatchObject({ 'token.refresh': 2, 'token.code': 1 });
  });
});
