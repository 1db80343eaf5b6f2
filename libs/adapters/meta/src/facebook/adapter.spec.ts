import { describe, expect, it } from '@jest/globals';
import { Secret } from '@mooring/contracts';
import type { GrantTokens } from '@mooring/adapters-core';
import { NOW, PlayedBench } from '../../test/played-bench.ts';
import { APP_ID, graphError } from '../../test/played-graph.ts';

const LONG_EXPIRY = new Date(1_765_184_000_000);
const valid = { app_id: APP_ID, type: 'USER', is_valid: true, user_id: '10150000000000001', scopes: [], expires_at: 1 };

const bench = new PlayedBench();

describe('establishing a consent', () => {
  it('C10 exchanges before anything else and reads every clock from debug_token', async () => {
    const consent = await bench.establish();
    expect(bench.graph.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST oauth/access_token',
      'GET debug_token',
      'GET me',
      'GET me/permissions',
    ]);
    expect(consent).toMatchObject({ subjectId: bench.graph.userId, subjectName: 'Ida Person' });
    expect(consent.tokens).toMatchObject({
      access: { issuedAt: NOW, expiresAt: LONG_EXPIRY, dataAccessExpiresAt: null },
      refresh: null,
    });
  });

  it('C10 an expiry of 0 is none', async () => {
    bench.graph.userExpiresAt = 0;
    expect((await bench.establish()).tokens.access.expiresAt).toBeNull();
  });

  it('L-16 the end of data access binds nothing that lives on the person’s token', async () => {
    bench.graph.scopes = [...bench.graph.scopes, 'instagram_basic'];
    expect((await bench.establish()).tokens.access.dataAccessExpiresAt).toBeNull();
  });

  it.each([
    ['another app', { ...valid, app_id: '999' }],
    ['a system user', { ...valid, type: 'SYSTEM_USER' }],
    ['a Page', { ...valid, type: 'PAGE', profile_id: '1' }],
    ['nobody', { ...valid, user_id: undefined }],
  ])('C37 takes no token of %s', async (_whose, data) => {
    bench.debugAnswers(data);
    await expect(bench.establish()).rejects.toMatchObject({ class: 'reauthorization_required' });
  });

  it('B6 a wrong app secret is the operator’s, at the exchange and with the app token', async () => {
    const adapter = bench.adapterWith({ appSecret: new Secret('another-secret') });
    await expect(bench.establish(adapter)).rejects.toMatchObject({ class: 'misconfigured', platformCode: '1' });
    const token = new Secret(bench.graph.mint({ type: 'USER', long: true }));
    await expect(adapter.inspect({ token, account: null })).rejects.toMatchObject({ class: 'misconfigured' });
    await expect(adapter.revoke({ subjectId: bench.graph.userId, tokens: null })).rejects.toMatchObject({
      class: 'misconfigured',
    });
  });
});

describe('renewing', () => {
  const tokensOf = (value: string, expiresAt: Date | null): GrantTokens => ({
    access: { value: new Secret(value), issuedAt: null, expiresAt, dataAccessExpiresAt: null },
    refresh: null,
  });

  it('C12 gives the new token with the clocks that Meta confirms', async () => {
    const old = bench.graph.mint({ type: 'USER', long: true });
    const { access } = await bench.adapter.refresh(tokensOf(old, new Date(1_761_000_000_000)));
    expect(access.expiresAt).toEqual(LONG_EXPIRY);
    expect(access.value.reveal()).not.toBe(old);
  });

  it.each([
    ['lapses later', new Date(1_770_000_000_000)],
    ['never lapses', null],
  ])('C10 keeps the token in hand where it %s', async (_what, expiresAt) => {
    const old = bench.graph.mint({ type: 'USER', long: true });
    const { access } = await bench.adapter.refresh(tokensOf(old, expiresAt));
    expect([access.value.reveal(), access.expiresAt]).toEqual([old, expiresAt]);
  });

  it('C02 a refusal does not end what debug_token calls alive', async () => {
    const old = bench.graph.mint({ type: 'USER', long: true });
    bench.graph.canned.set('oauth/access_token', graphError(190, 'Error validating access token'));
    await expect(bench.adapter.refresh(tokensOf(old, null))).rejects.toMatchObject({ class: 'unexpected' });
  });

  it('C02 a new token that is none does not end the one in hand', async () => {
    const old = bench.graph.mint({ type: 'USER', long: true });
    bench.graph.canned.set('oauth/access_token', { body: { access_token: 'EAABof-another-app' } });
    await expect(bench.adapter.refresh(tokensOf(old, null))).rejects.toMatchObject({ class: 'unexpected' });
  });

  it('C09 a changed password is its own reason', async () => {
    const error = { code: 190, subcode: 460, message: 'The session has been invalidated' };
    const old = bench.graph.mint({ type: 'USER', long: true, error });
    await expect(bench.adapter.refresh(tokensOf(old, null))).rejects.toMatchObject({ reason: 'password_changed' });
  });
});

describe('inspecting', () => {
  const inspect = (account: string | null = null) =>
    bench.adapter.inspect({
      token: new Secret('EAABsomething'),
      account: account === null ? null : { accountId: account, kind: 'facebook_page' },
    });

  it.each([
    [{ code: 190, subcode: 460, message: 'x' }, 'reauthorization_required', 'password_changed'],
    [{ code: 190, subcode: 492, message: 'x' }, 'user_action_required', 'role_lost'],
    [{ code: 190, message: 'The access token could not be decrypted' }, 'reauthorization_required', 'unknown'],
    [{ code: 190, subcode: 777, message: 'x' }, 'reauthorization_required', 'unknown'],
    [{ code: 100, message: 'x' }, 'reauthorization_required', 'unknown'],
  ])('C29 reads 200 with is_valid false and %j as dead', async (error, failureClass, reason) => {
    bench.debugAnswers({ ...valid, is_valid: false, error });
    expect(await inspect()).toMatchObject({ alive: false, failure: { class: failureClass, reason } });
  });

  it.each([
    [{ code: 2, message: 'x' }, 'transient'],
    [{ code: 4, message: 'x' }, 'rate_limited'],
    [{ code: 101, message: 'x' }, 'misconfigured'],
  ])('C02 %j beside is_valid is no verdict on the token', async (error, failureClass) => {
    bench.debugAnswers({ ...valid, is_valid: false, error });
    await expect(inspect()).rejects.toMatchObject({ class: failureClass });
  });

  it('a token that lapsed without a word is known by its expiry', async () => {
    bench.debugAnswers({ ...valid, is_valid: false });
    expect(await inspect()).toMatchObject({ alive: false, failure: { reason: 'token_lapsed' } });
  });

  it('C37 C41 a living token of the person, or of another Page, is dead for a Page, and our storage is suspect', async () => {
    bench.debugAnswers(valid);
    expect(await inspect('1')).toMatchObject({ alive: false, failure: { suspectOwnStorage: true } });
    bench.debugAnswers({ ...valid, type: 'PAGE', profile_id: 2 });
    expect(await inspect('1')).toMatchObject({ alive: false, failure: { suspectOwnStorage: true } });
    expect(await inspect('2')).toMatchObject({ alive: true });
  });

  it('C36 a permission that was taken away leaves the token alive and is named', async () => {
    const granular = [{ scope: 'pages_manage_posts', target_ids: ['7'] }, { scope: 'pages_show_list' }];
    const scopes = ['pages_show_list', 'pages_manage_posts', 'pages_read_engagement'];
    bench.debugAnswers({ ...valid, type: 'PAGE', profile_id: '2', scopes, granular_scopes: granular, expires_at: 0 });
    expect(await inspect('2')).toMatchObject({ alive: true, missingScopes: ['pages_manage_posts'], expiresAt: null });
  });
});

describe('what a token may do', () => {
  it('C36 a live token whose scopes are not told is no verdict', async () => {
    bench.debugAnswers({ ...valid, scopes: undefined });
    const inspection = bench.adapter.inspect({ token: new Secret('EAABsomething'), account: null });
    await expect(inspection).rejects.toMatchObject({ class: 'unexpected' });
  });

  it.each(['expired', 'declined'] as const)(
    'C36 a permission that is %s is not granted, token or not',
    async (status) => {
      bench.graph.permissions = { pages_manage_posts: status };
      const consent = await bench.establish();
      expect(consent.grantedScopes).not.toContain('pages_manage_posts');
      const [account] = await bench.adapter.discover(consent);
      expect(account?.offered).toMatchObject({ selectable: false, unselectableReason: 'not_granted' });
    },
  );

  it('goes by the token where Meta does not list permissions', async () => {
    bench.graph.canned.set('me/permissions', graphError(100, 'x'));
    expect((await bench.establish()).grantedScopes).toEqual(bench.graph.scopes);
  });
});

describe('taking a consent back', () => {
  const revoke = (subjectId = bench.graph.userId) => bench.adapter.revoke({ subjectId, tokens: null });

  it.each([true, { success: true }])('takes %j for done', async (body) => {
    bench.graph.canned.set(`${bench.graph.userId}/permissions`, { body });
    expect(await revoke()).toBe('revoked');
  });

  it.each([{ body: false }, { body: { success: false } }, graphError(100, 'x', 33)])(
    'takes %j for failed',
    async (answer) => {
      bench.graph.canned.set(`${bench.graph.userId}/permissions`, answer);
      await expect(revoke()).rejects.toMatchObject({ class: 'unexpected' });
    },
  );

  it.each(['', 'me', '../me', '1/2'])('asks nothing for the person %p', async (subjectId) => {
    await expect(revoke(subjectId)).rejects.toMatchObject({ class: 'unexpected' });
    expect(bench.graph.calls).toEqual([]);
  });
});

describe('the redirect', () => {
  it.each([
    [{ code: 'abc#_=_' }, { kind: 'code', code: 'abc' }],
    [{ error: 'access_denied', errorReason: 'user_denied', errorCode: '200' }, { kind: 'declined' }],
    [{ error: 'server_error' }, { kind: 'unavailable' }],
    [{}, { kind: 'unavailable' }],
    [
      { errorCode: '901', errorMessage: 'App in sandbox' },
      { kind: 'misconfigured', detail: '901 App in sandbox' },
    ],
    [{ error: 'invalid_scope' }, { kind: 'misconfigured', detail: 'invalid_scope' }],
  ])('C44 C62 reads %j', (parameters, expected) => {
    expect(bench.adapter.readCallback(parameters)).toEqual(expected);
  });

  it('C48 asks again for what was declined, and for Pages that are new, when told to', () => {
    const request = { redirectUri: 'https://x.example/cb', state: 's', scopes: [] };
    expect(bench.adapter.authorizationParameters({ ...request, rerequest: true })).toEqual({
      auth_type: 'rerequest',
      return_scopes: 'true',
    });
    expect(bench.adapter.authorizationParameters({ ...request, rerequest: false })).toEqual({ return_scopes: 'true' });
  });

  it('L-16 has the person renew the period of data access on a reconnect, unless permissions are asked for again', () => {
    const request = { redirectUri: 'https://x.example/cb', state: 's', scopes: [], renews: true };
    const authTypeOf = (rerequest: boolean) =>
      bench.adapter.authorizationParameters({ ...request, rerequest })['auth_type'];
    expect([authTypeOf(false), authTypeOf(true)]).toEqual(['reauthorize', 'rerequest']);
  });

  it('names the configuration of Facebook Login for Business where there is one', () => {
    const request = { redirectUri: 'https://x.example/cb', state: 's', scopes: [], rerequest: false };
    const adapter = bench.adapterWith({ configId: '12345' });
    expect(adapter.authorizationParameters(request)).toEqual({ return_scopes: 'true', config_id: '12345' });
    expect(() => bench.adapterWith({ configId: 'my config' })).toThrow(/^FACEBOOK_CONFIG_ID /);
  });
});
