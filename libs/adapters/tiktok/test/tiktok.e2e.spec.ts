import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { days, hours, Secret } from '@mooring/contracts';
import { type ClosablePlatformHttp, createPlatformHttp, type PlatformAdapter } from '@mooring/adapters-core';
import { type ConsentForm, SandboxProcess } from './sandbox-process.ts';

const TARA = '490e2a1c-0b7d-4e55-9f31-4908a1b2c3d4';
const ACCOUNT = { accountId: TARA, kind: 'tiktok_account' };

let sandbox: SandboxProcess;
let http: ClosablePlatformHttp;
let adapter: PlatformAdapter;

beforeAll(async () => {
  sandbox = await SandboxProcess.start();
  http = createPlatformHttp({ origins: [sandbox.url] });
  adapter = sandbox.adapterAt(sandbox.url, http);
});
beforeEach(() => sandbox.control('POST', 'reset'));
afterAll(async () => {
  await http.close();
  await sandbox.stop();
});

const establish = async (form: ConsentForm = {}) => adapter.establish(await sandbox.consent(adapter, form));
const inspect = (token: Secret, account: typeof ACCOUNT | null = ACCOUNT) => adapter.inspect({ token, account });
const lifeMs = (expiresAt: Date | null | undefined) => (expiresAt?.getTime() ?? 0) - Date.now();

describe('connecting TikTok at the sandbox', () => {
  it('L-05 a consent is the account’s, with a token of two hours and a deadline in 180 days', async () => {
    const consent = await establish();
    expect(consent).toMatchObject({ subjectId: TARA, subjectName: 'Harbour Café' });
    expect(lifeMs(consent.tokens.access.expiresAt) / hours(1)).toBeCloseTo(2, 1);
    expect(lifeMs(consent.tokens.refresh?.expiresAt) / days(1)).toBeCloseTo(180, 1);
    const [account] = await adapter.discover(consent);
    expect(account?.offered).toMatchObject({ ...ACCOUNT, username: 'harbourcafe', selectable: true });
    expect(account?.offered.avatarUrl).toContain('/scontent.example/');
  });

  it('L-02 C94 two people are two accounts', async () => {
    const subjects = [await establish(), await establish({ person: 'theo' })].map(({ subjectId }) => subjectId);
    expect(new Set(subjects).size).toBe(2);
  });

  it('C39 C40 names what was unticked', async () => {
    const consent = await establish({ ticked: ['user.info.basic', 'video.list'] });
    const [account] = await adapter.discover(consent);
    expect(account).toMatchObject({
      offered: { selectable: false, unselectableReason: 'not_granted' },
      missingScopes: ['video.publish'],
    });
    expect(await inspect(consent.tokens.access.value)).toMatchObject({
      alive: false,
      renewalDecides: false,
      failure: { class: 'permission_missing', scopes: ['video.publish'] },
    });
  });

  it('C43 C45 a scope that is not approved is the operator’s to mend, and leaving it out mends it', async () => {
    await sandbox.control('PUT', 'tiktok/switches', { unapprovedScopes: 'user.info.stats' });
    const { error, error_description: errorDescription = '' } = await sandbox.redirect(adapter);
    expect(adapter.readCallback({ error: error ?? '', errorDescription })).toMatchObject({
      kind: 'misconfigured',
      detail: expect.stringContaining('user.info.stats'),
    });
    const scopes = adapter.scopes.filter((scope) => scope !== 'user.info.stats');
    const trimmed = sandbox.adapterAt(sandbox.url, http, { scopes });
    expect((await sandbox.consent(trimmed)).grantedScopes).toEqual(scopes);
  });

  it('L-09 a refusal is a refusal', async () => {
    const { error = '' } = await sandbox.redirect(adapter, { cancel: true });
    expect(adapter.readCallback({ error })).toEqual({ kind: 'declined' });
  });

  it('C93 TikTok’s challenge in hexadecimal digits is taken, and another verifier is not', async () => {
    await sandbox.control('PUT', 'tiktok/switches', { pkceRequired: true });
    const hex = sandbox.adapterAt(sandbox.url, http, { pkce: 'hex' });
    const verifier = new Secret('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk');
    const codeChallenge = createHash('sha256').update(verifier.reveal()).digest('hex');
    expect((await sandbox.consent(hex, { codeChallenge, verifier })).subjectId).toBe(TARA);
    const other = sandbox.consent(hex, { codeChallenge, verifier: new Secret('x'.repeat(43)) });
    await expect(other).rejects.toMatchObject({ class: 'misconfigured' });
  });
});

describe('renewing at the sandbox', () => {
  it('C12 C18 L-16 rotates by one call, and the deadline stays where the consent set it', async () => {
    const { tokens } = await establish();
    await sandbox.control('POST', 'clock', { offsetMs: hours(100) });
    const later = sandbox.adapterAt(sandbox.url, http, { now: () => new Date(Date.now() + hours(100)) });
    const renewed = await later.refresh(tokens);
    expect(await sandbox.callsOf('tiktok', 'token.refresh')).toBe(1);
    expect(renewed.refresh?.expiresAt).toEqual(tokens.refresh?.expiresAt);
    expect(await inspect(renewed.access.value)).toMatchObject({ alive: true });
    await expect(later.refresh(tokens)).rejects.toMatchObject({ class: 'reauthorization_required', reason: 'unknown' });
    expect((await later.refresh(renewed)).refresh).not.toBeNull();
  });

  it('C10 obeys the lives of the older documentation', async () => {
    await sandbox.control('PUT', 'tiktok/switches', { oldLifetimes: true });
    const { tokens } = await establish();
    expect(lifeMs(tokens.access.expiresAt) / hours(1)).toBeCloseTo(24, 1);
    expect(lifeMs(tokens.refresh?.expiresAt) / days(1)).toBeCloseTo(365, 1);
  });

  it.each([
    ['error-200', 'transient'],
    ['blank-token', 'transient'],
    ['503', 'transient'],
    ['429-retry-after', 'rate_limited'],
    ['html-200', 'transient'],
    ['truncated', 'transient'],
    ['reset', 'transient'],
  ])('C01 C03 C87 %s is %s', async (fault, failureClass) => {
    const { tokens } = await establish();
    await sandbox.control('PUT', 'tiktok/fault', { fault, calls: ['token.refresh'] });
    await expect(adapter.refresh(tokens)).rejects.toMatchObject({ class: failureClass, mayHaveArrived: true });
    expect(await sandbox.callsOf('tiktok', 'token.refresh')).toBe(1);
  });

  it('C18 an answer that is lost is lost: it may have arrived, and is not asked for again', async () => {
    const { tokens } = await establish();
    await sandbox.control('PUT', 'tiktok/fault', { fault: 'lost-answer', calls: ['token.refresh'], times: 1 });
    await expect(adapter.refresh(tokens)).rejects.toMatchObject({ class: 'transient', mayHaveArrived: true });
    expect(await sandbox.callsOf('tiktok', 'token.refresh')).toBe(1);
    expect(await inspect(tokens.access.value)).toMatchObject({ alive: true });
    await expect(adapter.refresh(tokens)).rejects.toMatchObject({ platformCode: 'invalid_grant' });
  });

  it('B6 a wrong client secret is the operator’s, and readiness says so', async () => {
    const { tokens } = await establish();
    const wrong = sandbox.adapterAt(sandbox.url, http, { clientSecret: new Secret('not-the-secret') });
    await expect(wrong.refresh(tokens)).rejects.toMatchObject({ class: 'misconfigured' });
    const outcomes = async (of: PlatformAdapter) => (await of.checkReadiness())[0]?.outcome;
    expect([await outcomes(wrong), await outcomes(adapter)]).toEqual(['failed', 'ok']);
    expect((await adapter.refresh(tokens)).refresh).not.toBeNull();
  });
});

describe('losing and giving up access at the sandbox', () => {
  it('C04 an access token that lapsed is no end: a renewal brings a new one', async () => {
    const { tokens } = await establish();
    await sandbox.control('POST', 'tiktok/people/tara/access-expired');
    expect(await inspect(tokens.access.value)).toMatchObject({ alive: false, renewalDecides: true });
    expect(await inspect((await adapter.refresh(tokens)).access.value)).toMatchObject({ alive: true });
  });

  it.each([
    ['removed', 'removed_in_settings'],
    ['deleted', 'account_suspended'],
    ['banned', 'account_suspended'],
    ['age-changed', 'platform_policy'],
    ['revoked-by-app', null],
  ])('L-15 C29 %s: the webhook says why, which TikTok’s refusals don’t', async (notice, reason) => {
    const { tokens } = await establish();
    const [told] = adapter.readPlatformCallback(await sandbox.receive('tara', { notice }));
    expect(told).toMatchObject({ kind: 'deauthorized', subjectId: TARA, reason });
    if (notice === 'revoked-by-app') return;
    expect(await inspect(tokens.access.value)).toMatchObject({ alive: false, renewalDecides: true });
    await expect(adapter.refresh(tokens)).rejects.toMatchObject({
      class: 'reauthorization_required',
      reason: 'unknown',
    });
  });

  it('L-17 C05 a person who connected again since is alive, whatever an older notice says', async () => {
    const notice = await sandbox.receive('tara', { happenedSecondsBefore: 3_600 });
    const { tokens } = await establish();
    const [told] = adapter.readPlatformCallback(notice);
    expect(told?.issuedAt?.getTime()).toBeLessThan(tokens.access.issuedAt?.getTime() ?? 0);
    expect(await inspect(tokens.access.value)).toMatchObject({ alive: true });
  });

  it('B8 forged and old webhooks are refused, one that comes again is the same', async () => {
    const refused = async (options: object) => {
      const callback = await sandbox.receive('tara', options);
      expect(() => adapter.readPlatformCallback(callback)).toThrow();
    };
    await refused({ tampered: true });
    await refused({ ageSeconds: 600 });
    await refused({ padBytes: 100_000 });
    const [first] = adapter.readPlatformCallback(await sandbox.receive('tara', {}));
    const [again] = adapter.readPlatformCallback(await sandbox.receive('tara', { replayed: true }));
    expect(again).toEqual(first);
    expect(adapter.readPlatformCallback(await sandbox.receive('tara', { notice: 'publish-failed' }))).toEqual([]);
  });

  it('C77 B10 takes the consent back, also with an access token that has lapsed, and no other account’s', async () => {
    const { tokens, subjectId } = await establish();
    const other = await establish({ person: 'theo' });
    await sandbox.control('POST', 'tiktok/people/tara/access-expired');
    expect(await adapter.revoke({ subjectId, tokens })).toBe('revoked');
    expect(await sandbox.control('GET', 'tiktok/people/tara')).toMatchObject({ connected: false, liveTokenCount: 0 });
    expect(await inspect(other.tokens.access.value, null)).toMatchObject({ alive: true });
  });

  it('L-27 shows the newest videos', async () => {
    const { tokens } = await establish();
    const posts = await adapter.recentPosts?.({ token: tokens.access.value, account: ACCOUNT, limit: 1 });
    expect(posts).toEqual([
      expect.objectContaining({ postId: expect.stringMatching(/^\d{19}$/), publishedAt: expect.any(Date) }),
    ]);
  });
});
