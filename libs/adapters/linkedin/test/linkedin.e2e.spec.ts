import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { days, type DurationMs, minutes, seconds, Secret } from '@mooring/contracts';
import {
  type ClosablePlatformHttp,
  type Consent,
  createPlatformHttp,
  type PlatformAdapter,
} from '@mooring/adapters-core';
import { SandboxProcess } from './sandbox-process.ts';

const YARD = '5490001';
const CHARTER = '5490002';
const page = (accountId: string) => ({ accountId, kind: 'linkedin_organization' });

let sandbox: SandboxProcess;
let http: ClosablePlatformHttp;
let adapter: PlatformAdapter;
let offsetMs = 0;
const pauses: DurationMs[] = [];

beforeAll(async () => {
  sandbox = await SandboxProcess.start();
  http = createPlatformHttp({ origins: [sandbox.url] });
  const pause = (forMs: DurationMs): Promise<void> => {
    pauses.push(forMs);
    return Promise.resolve();
  };
  adapter = sandbox.adapterAt(sandbox.url, { http, offsetMs: () => offsetMs, pause });
});
beforeEach(async () => {
  offsetMs = 0;
  pauses.length = 0;
  await sandbox.control('POST', 'reset');
});
afterAll(async () => {
  await http?.close();
  await sandbox?.stop();
});

const establish = async (person = 'linda') => adapter.establish(await sandbox.consent(adapter, person));
const inspect = ({ tokens }: Pick<Consent, 'tokens'>, accountId?: string) =>
  adapter.inspect({ token: tokens.access.value, account: accountId ? page(accountId) : null });
const daysLeft = (at: Date | null | undefined) => ((at?.getTime() ?? 0) - Date.now() - offsetMs) / days(1);

async function moveClock(ms: number): Promise<void> {
  offsetMs = ms;
  await sandbox.control('POST', 'clock', { offsetMs: ms });
}

async function offersOf(person: string) {
  const accounts = await adapter.discover(await establish(person));
  return accounts.map(({ offered }) => `${offered.displayName}: ${offered.unselectableReason ?? 'selectable'}`);
}

describe('the life of a LinkedIn connection at the sandbox', () => {
  it('C12 C77 L-05 L-13 L-15 L-17 consent, Pages, renewal, a role lost and given back, the end', async () => {
    const consent = await establish();
    expect(consent).toMatchObject({ subjectId: 'LiAbC123da', subjectName: 'Linda Lindqvist' });
    const accounts = await adapter.discover(consent);
    expect(accounts.map(({ offered }) => offered.accountId)).toEqual([YARD, CHARTER, '5490003', '5490009']);

    await moveClock(days(53));
    const renewed = { tokens: await adapter.refresh(consent.tokens) };
    expect(renewed.tokens.access.value.reveal()).not.toBe(consent.tokens.access.value.reveal());
    expect(daysLeft(renewed.tokens.access.expiresAt)).toBeCloseTo(60, 0);
    expect(await inspect(renewed, YARD)).toMatchObject({ alive: true, missingScopes: [] });

    await sandbox.control('POST', `linkedin/people/linda/accounts/${YARD}/role-lost`);
    const lost = { alive: false, failure: { class: 'user_action_required', reason: 'role_lost' } };
    expect(await inspect(renewed, YARD)).toMatchObject(lost);
    expect(await inspect(renewed, CHARTER)).toMatchObject({ alive: true });
    expect(await inspect(renewed)).toMatchObject({ alive: true });
    await sandbox.control('POST', `linkedin/people/linda/accounts/${YARD}/role-restored`);
    expect(await inspect(renewed, YARD)).toMatchObject({ alive: true });

    expect(await adapter.revoke({ subjectId: consent.subjectId, tokens: renewed.tokens })).toBe('revoked');
    expect(await inspect(renewed)).toMatchObject({ alive: false, failure: { reason: 'removed_in_settings' } });
    await expect(adapter.refresh(renewed.tokens)).rejects.toMatchObject({ class: 'reauthorization_required' });
  });
});

describe('connecting LinkedIn at the sandbox', () => {
  it('L-07 C41 C51 C54 offers Pages and showcase pages by role, and never the person', async () => {
    expect(await offersOf('linda')).toEqual([
      'Lindqvist Boatbuilders: selectable',
      'Lindqvist Charter: selectable',
      'Harbour Logistics: selectable',
      'Lindqvist Electric: selectable',
    ]);
    expect(await offersOf('colin')).toEqual(['Lindqvist Boatbuilders: selectable', 'Lindqvist Charter: role_too_low']);
  });

  it('L-09 C50 a person without Pages is offered none', async () => {
    expect(await offersOf('nora')).toEqual([]);
  });

  it('C62 a refusal is one, and a scope that the app does not own is the operator’s', async () => {
    expect(adapter.readCallback(await sandbox.redirect(adapter, 'linda', 'cancel'))).toEqual({ kind: 'declined' });
    await sandbox.control('PUT', 'linkedin/switches', { unapprovedScopes: 'w_organization_social' });
    expect(adapter.readCallback(await sandbox.redirect(adapter, 'linda'))).toMatchObject({ kind: 'misconfigured' });
  });

  it('a code that was used, or is half an hour old, begins anew', async () => {
    const { code = '' } = await sandbox.redirect(adapter, 'linda');
    await sandbox.exchange(adapter, code);
    const begunAnew = { class: 'reauthorization_required' };
    await expect(sandbox.exchange(adapter, code)).rejects.toMatchObject(begunAnew);
    const { code: late = '' } = await sandbox.redirect(adapter, 'linda');
    await moveClock(minutes(30));
    await expect(sandbox.exchange(adapter, late)).rejects.toMatchObject(begunAnew);
  });

  it('a token that LinkedIn calls revoked though it is new is waited for', async () => {
    await sandbox.control('PUT', 'linkedin/switches', { falselyRevokedCalls: 3 });
    expect(await adapter.discover(await establish())).toHaveLength(4);
    expect(pauses).toEqual([1_000, 2_000, 4_000]);
    await sandbox.control('PUT', 'linkedin/switches', { falselyRevokedCalls: 9 });
    await expect(establish()).rejects.toMatchObject({ class: 'transient' });
  });

  it('B10 the same scopes again leave a consent before alone; other ones end it', async () => {
    const [one] = [await establish(), await establish()];
    expect(await inspect(one, YARD)).toMatchObject({ alive: true });
    const scopes = adapter.scopes.filter((scope) => scope !== 'profile');
    await sandbox.consent(sandbox.adapterAt(sandbox.url, { http }, { scopes }), 'linda');
    expect(await inspect(one, YARD)).toMatchObject({ alive: false, failure: { reason: 'removed_in_settings' } });
  });
});

describe('keeping LinkedIn at the sandbox', () => {
  it('C14 the refresh token’s year runs down and is what binds', async () => {
    const { tokens } = await establish();
    expect(daysLeft(tokens.refresh?.expiresAt)).toBeCloseTo(365, 0);
    await moveClock(days(360));
    const late = await adapter.refresh(tokens);
    expect([daysLeft(late.access.expiresAt), daysLeft(late.refresh?.expiresAt)].map(Math.round)).toEqual([5, 5]);
    await moveClock(days(365) + seconds(1));
    await expect(adapter.refresh(late)).rejects.toMatchObject({ reason: 'token_lapsed' });
    expect(await inspect({ tokens: late })).toMatchObject({ alive: false, renewalDecides: true });
  });

  it('C13 C14 a self-serve app has no refresh token, and the access token is what binds', async () => {
    await sandbox.control('PUT', 'linkedin/switches', { selfServe: true });
    const consent = await establish();
    expect(consent.tokens.refresh).toBeNull();
    expect(daysLeft(consent.tokens.access.expiresAt)).toBeCloseTo(60, 0);
    expect(await adapter.refresh(consent.tokens)).toBe(consent.tokens);
    await moveClock(days(60));
    expect(await inspect(consent)).toMatchObject({ alive: false, failure: { reason: 'token_lapsed' } });
  });

  it('C12 an access token that lapsed is renewed all the same', async () => {
    const consent = await establish();
    await moveClock(days(61));
    expect(await inspect(consent)).toMatchObject({ alive: false, renewalDecides: true });
    expect(await inspect({ tokens: await adapter.refresh(consent.tokens) })).toMatchObject({ alive: true });
  });

  it('C10 an answer without refresh token or expiry loses nothing', async () => {
    const { tokens } = await establish();
    await sandbox.control('PUT', 'linkedin/next-token', { omitRefreshToken: true, omitExpiresIn: true });
    const renewed = await adapter.refresh(tokens);
    expect(renewed.access.expiresAt).toBeNull();
    expect(renewed.refresh?.value.reveal()).toBe(tokens.refresh?.value.reveal());
    expect(renewed.refresh?.expiresAt).toEqual(tokens.refresh?.expiresAt);
  });

  it('C18 an answer that was lost costs nothing: the refresh token stays', async () => {
    const { tokens } = await establish();
    await sandbox.control('PUT', 'linkedin/fault', { fault: 'lost-answer', calls: ['token.refresh'], times: 1 });
    await expect(adapter.refresh(tokens)).rejects.toMatchObject({ class: 'transient', mayHaveArrived: true });
    expect((await adapter.refresh(tokens)).access.value.reveal()).not.toBe(tokens.access.value.reveal());
  });

  it('C29 access that the member took away is dead, and no renewal is asked to decide', async () => {
    const consent = await establish();
    await sandbox.control('POST', 'linkedin/people/linda/app-removed');
    const found = await inspect(consent, YARD);
    expect(found).toMatchObject({ alive: false, failure: { reason: 'removed_in_settings' } });
    expect('renewalDecides' in found).toBe(false);
  });

  it('C46 a retired version is the operator’s: no verdict, and readiness says so', async () => {
    const consent = await establish();
    expect(await adapter.checkReadiness()).toMatchObject([{ outcome: 'ok' }, { outcome: 'ok' }]);
    await sandbox.control('PUT', 'linkedin/switches', { oldestVersion: '202609' });
    await expect(inspect(consent, YARD)).rejects.toMatchObject({ class: 'misconfigured' });
    expect(await inspect(consent)).toMatchObject({ alive: true });
    expect(await adapter.checkReadiness()).toMatchObject([
      { name: 'client_secret', outcome: 'ok' },
      { name: 'api_version', outcome: 'failed', detail: expect.stringContaining('LINKEDIN_VERSION 202608') },
    ]);
  });

  it('B6 C35 a wrong client secret is the operator’s, for every grant at once', async () => {
    const { tokens } = await establish();
    const broken = sandbox.adapterAt(sandbox.url, { http }, { clientSecret: new Secret('wrong') });
    await expect(broken.refresh(tokens)).rejects.toMatchObject({ class: 'misconfigured' });
    await expect(broken.inspect({ token: tokens.access.value, account: null })).rejects.toMatchObject({
      class: 'misconfigured',
    });
    expect(await broken.checkReadiness()).toMatchObject([{ outcome: 'failed' }, { outcome: 'ok' }]);
    expect(await adapter.refresh(tokens)).toMatchObject({ refresh: expect.anything() });
  });

  it('C37 a token that LinkedIn knows as another app’s touches no connection', async () => {
    const consent = await establish();
    await sandbox.control('PUT', 'linkedin/switches', { foreignTokens: true });
    await expect(inspect(consent, YARD)).rejects.toMatchObject({ class: 'unexpected', suspectOwnStorage: true });
  });

  it('C77 without its undocumented revocation LinkedIn is said not to support one', async () => {
    const consent = await establish();
    await sandbox.control('PUT', 'linkedin/switches', { withoutRevocation: true });
    expect(await adapter.revoke(consent)).toBe('unsupported');
    expect(await inspect(consent)).toMatchObject({ alive: true });
  });

  it('L-27 reads what was published', async () => {
    const { tokens } = await establish();
    const posts = await adapter.recentPosts?.({ token: tokens.access.value, account: page(YARD), limit: 5 });
    expect(posts?.map(({ text }) => text)).toEqual([
      'Hull 42 left the yard this morning.',
      'We are looking for two more joiners.',
    ]);
    expect(posts?.[0]?.permalink).toMatch(/^https:\/\/www\.linkedin\.com\/feed\/update\/urn:li:share:\d+\/$/);
  });
});
