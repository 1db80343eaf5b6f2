import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { hours, minutes, seconds, Secret } from '@mooring/contracts';
import {
  type ClosablePlatformHttp,
  type Consent,
  createPlatformHttp,
  type PlatformAdapter,
} from '@mooring/adapters-core';
import { SandboxProcess } from './sandbox-process.ts';

const XAVIER = '1460323737035677698';
const ACCOUNT = { accountId: XAVIER, kind: 'x_account' };

let sandbox: SandboxProcess;
let http: ClosablePlatformHttp;
let adapter: PlatformAdapter;
let offsetMs = 0;

beforeAll(async () => {
  sandbox = await SandboxProcess.start();
  http = createPlatformHttp({ origins: [sandbox.url] });
  adapter = sandbox.adapterAt(sandbox.url, http, { offsetMs: () => offsetMs });
});
beforeEach(async () => {
  offsetMs = 0;
  await sandbox.control('POST', 'reset');
});
afterAll(async () => {
  await http?.close();
  await sandbox?.stop();
});

const establish = async (person = 'xavier') => adapter.establish(await sandbox.consent(adapter, person));
const inspect = ({ tokens }: Consent) => adapter.inspect({ token: tokens.access.value, account: ACCOUNT });

async function moveClock(ms: number): Promise<void> {
  offsetMs = ms;
  await sandbox.control('POST', 'clock', { offsetMs: ms });
}

describe('connecting X at the sandbox', () => {
  it('L-05 L-09 names the account that is signed in, and offers it', async () => {
    const consent = await establish();
    expect(consent).toMatchObject({ subjectId: XAVIER, subjectName: 'Xavier Holt' });
    const [account] = await adapter.discover(consent);
    expect(account).toMatchObject({
      offered: { ...ACCOUNT, username: 'xavier_at_sandbox', selectable: true },
      missingScopes: [],
    });
    expect(account?.offered.avatarUrl).toContain(`${sandbox.url}/scontent.example/`);
  });

  it('C58 whoever is signed in at X is connected: two people are two accounts, told apart by id', async () => {
    const [one, other] = [await establish('xavier'), await establish('yara')];
    expect(other.subjectId).not.toBe(one.subjectId);
    const token = other.tokens.access.value;
    expect(await adapter.inspect({ token, account: ACCOUNT })).toMatchObject({ alive: false });
  });

  it('L-10 a refusal on X’s page is one', async () => {
    expect(adapter.readCallback(await sandbox.redirect(adapter, 'xavier', 'cancel'))).toEqual({ kind: 'declined' });
  });

  it('a code lives 30 s', async () => {
    const { code = '' } = await sandbox.redirect(adapter, 'xavier');
    await moveClock(seconds(30));
    await expect(sandbox.exchange(adapter, code)).rejects.toMatchObject({ class: 'reauthorization_required' });
  });

  it('C11 X without a refresh token is seen at once', async () => {
    await sandbox.control('PUT', 'x/fault', { fault: 'no-refresh-token' });
    const consent = await establish();
    expect(consent.grantedScopes).not.toContain('offline.access');
    expect(adapter.requiredScopes).toContain('offline.access');
  });

  it('B10 two consents of one person: taking one back leaves the other alone', async () => {
    const [one, other] = [await establish(), await establish()];
    expect(adapter.revokesWholeSubject).toBe(false);
    expect(await adapter.revoke(one)).toBe('revoked');
    expect(await inspect(one)).toMatchObject({ alive: false });
    expect(await inspect(other)).toMatchObject({ alive: true });
    await expect(adapter.refresh(other.tokens)).resolves.toMatchObject({ access: expect.anything() });
  });
});

describe('keeping X at the sandbox', () => {
  it('C12 C18 renews for days, each token spent once, at three quarters of its life', async () => {
    let { tokens } = await establish();
    await sandbox.control('DELETE', 'x/requests');
    const stepMs = hours(2) * (adapter.policy.refreshAtLifeFraction ?? 0);
    for (let renewals = 1; renewals <= 32; renewals += 1) {
      await moveClock(renewals * stepMs);
      tokens = await adapter.refresh(tokens);
      const lifeMs = (tokens.access.expiresAt?.getTime() ?? 0) - (tokens.access.issuedAt?.getTime() ?? 0);
      expect(lifeMs).toBe(hours(2));
    }
    expect(32 * stepMs).toBeGreaterThanOrEqual(hours(48));
    expect(await sandbox.callsOf('x', 'token.refresh')).toBe(32);
    expect(await adapter.inspect({ token: tokens.access.value, account: ACCOUNT })).toMatchObject({ alive: true });
  });

  it('C04 a token that is spent twice is refused by a typed end, whose reader must look whether it lost a race', async () => {
    const { tokens } = await establish();
    await adapter.refresh(tokens);
    await expect(adapter.refresh(tokens)).rejects.toMatchObject({
      class: 'reauthorization_required',
      platformCode: '400/invalid_request',
    });
  });

  it.each(['lost-answer', 'blank-token'])('C18 C87 %s is not asked for again: one call, which spent', async (fault) => {
    const { tokens } = await establish();
    await sandbox.control('DELETE', 'x/requests');
    await sandbox.control('PUT', 'x/fault', { fault, calls: ['token.refresh'], times: 1 });
    await expect(adapter.refresh(tokens)).rejects.toMatchObject({ class: 'transient', mayHaveArrived: true });
    expect(await sandbox.callsOf('x', 'token.refresh')).toBe(1);
    expect(await adapter.inspect({ token: tokens.access.value, account: null })).toMatchObject({ alive: true });
  });

  it('C04 C35 B6 a wrong client secret is the operator’s, for every grant at once', async () => {
    const consent = await establish();
    expect((await adapter.checkReadiness())[0]).toMatchObject({ outcome: 'ok' });
    const clientSecret = new Secret('wrong');
    const broken = sandbox.adapterAt(sandbox.url, http, { clientSecret });
    await expect(broken.refresh(consent.tokens)).rejects.toMatchObject({ class: 'misconfigured' });
    expect((await broken.checkReadiness())[0]).toMatchObject({ outcome: 'failed' });
    await expect(adapter.refresh(consent.tokens)).resolves.toMatchObject({ refresh: expect.anything() });
  });

  it('C35 401 decides nothing before a renewal: it lapsed, or it was taken back', async () => {
    const lapsed = await establish();
    await moveClock(hours(2));
    expect(await inspect(lapsed)).toMatchObject({ alive: false, renewalDecides: true });
    await expect(adapter.refresh(lapsed.tokens)).resolves.toMatchObject({ refresh: expect.anything() });
    const removed = await establish();
    await sandbox.control('POST', 'x/people/xavier/app-removed');
    expect(await inspect(removed)).toMatchObject({ alive: false, renewalDecides: true });
    await expect(adapter.refresh(removed.tokens)).rejects.toMatchObject({
      class: 'reauthorization_required',
      reason: 'unknown',
    });
  });

  it('L-15 a suspended account is named, at the API and at the token endpoint', async () => {
    const consent = await establish();
    await sandbox.control('POST', 'x/people/xavier/suspended');
    const suspended = { class: 'user_action_required', reason: 'account_suspended' };
    expect(await inspect(consent)).toMatchObject({ alive: false, failure: suspended });
    await expect(adapter.refresh(consent.tokens)).rejects.toMatchObject(suspended);
  });

  it.each([
    ['credits-depleted', { class: 'misconfigured' }],
    ['client-not-enrolled', { class: 'misconfigured' }],
    ['unsupported-authentication', { class: 'unexpected', suspectOwnStorage: true }],
    ['usage-capped', { class: 'rate_limited', limitScope: 'app' }],
    ['legacy-limit', { class: 'rate_limited', limitScope: 'token' }],
  ])('C01 %s is no answer about the token', async (apiRefuses, failure) => {
    const consent = await establish();
    await sandbox.control('PUT', 'x/switches', { apiRefuses });
    await expect(inspect(consent)).rejects.toMatchObject(failure);
  });

  it('a 200 with errors in place of data is not taken for an account', async () => {
    const consent = await establish();
    await sandbox.control('PUT', 'x/switches', { apiRefuses: 'suspended-200' });
    expect(await inspect(consent)).toMatchObject({ alive: false, failure: { reason: 'account_suspended' } });
  });

  it('waits for the reset that X names', async () => {
    const consent = await establish();
    await sandbox.control('PUT', 'x/fault', { kind: 'status', status: 429, retryAfterSeconds: 240, calls: ['api.me'] });
    const failure: unknown = await inspect(consent).catch((error: unknown) => error);
    expect(failure).toMatchObject({ class: 'rate_limited' });
    expect((failure as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(minutes(3));
    expect((failure as { retryAfterMs: number }).retryAfterMs).toBeLessThanOrEqual(seconds(242));
  });

  it('reads what was published', async () => {
    const { tokens } = await establish();
    const read = () => adapter.recentPosts?.({ token: tokens.access.value, account: ACCOUNT, limit: 1 });
    expect(await read()).toEqual([]);
    for (const text of ['Older', 'Newer']) {
      const authorization = `Bearer ${tokens.access.value.reveal()}`;
      const headers = { authorization, 'content-type': 'application/json' };
      const body = JSON.stringify({ text });
      await fetch(`${sandbox.url}/api.x.com/2/tweets`, { method: 'POST', headers, body });
    }
    expect(await read()).toEqual([
      expect.objectContaining({
        text: 'Newer',
        permalink: expect.stringMatching(/^https:\/\/x\.com\/i\/web\/status\/\d{19}$/),
      }),
    ]);
  });
});
