import { describe, expect, it } from '@jest/globals';
import { Secret } from '@mooring/contracts';
import { PlayedBench } from '../test/played-bench.ts';
import { apiError, OPEN_ID } from '../test/played-tiktok.ts';

const bench = new PlayedBench();
const ACCOUNT = { accountId: OPEN_ID, kind: 'tiktok_account' };
const CREATOR_INFO = 'post/publish/creator_info/query/';

const inspect = (account: typeof ACCOUNT | null = ACCOUNT) =>
  bench.adapter.inspect({ token: new Secret(bench.tiktok.mint('access')), account });

describe('inspecting', () => {
  it('L-14 a token that lives says nothing of clocks and scopes, so that what is known stays', async () => {
    expect(await inspect(null)).toEqual({ alive: true, missingScopes: [] });
    expect(bench.paths).toEqual(['user/info/']);
    expect(await inspect()).toEqual({ alive: true, missingScopes: [] });
    expect(bench.paths.slice(1)).toEqual(['user/info/', CREATOR_INFO]);
    expect(bench.tiktok.calls[2]).toMatchObject({ method: 'POST', contentType: 'application/json; charset=UTF-8' });
  });

  it('C04 C29 a refused access token may merely have lapsed: a renewal decides', async () => {
    bench.tiktok.canned.set('user/info/', apiError('access_token_invalid', 401));
    expect(await inspect()).toMatchObject({
      alive: false,
      renewalDecides: true,
      failure: { class: 'reauthorization_required', reason: 'unknown', platformCode: 'access_token_invalid' },
    });
  });

  it('C39 C40 a scope that is missing is no dead token, and no renewal brings it back', async () => {
    bench.tiktok.scopes = ['user.info.basic'];
    expect(await inspect()).toMatchObject({
      alive: false,
      renewalDecides: false,
      failure: { class: 'permission_missing', reason: 'permission_removed', scopes: ['video.publish'] },
    });
  });

  it('C37 a token of another account is dead for this one, and our storage is suspect', async () => {
    expect(await inspect({ ...ACCOUNT, accountId: 'another' })).toMatchObject({
      alive: false,
      failure: { suspectOwnStorage: true },
    });
  });

  it.each(['spam_risk_too_many_posts', 'spam_risk_user_banned_from_posting', 'reached_active_user_cap'])(
    'C40 %s says nothing about the connection',
    async (code) => {
      bench.tiktok.canned.set(CREATOR_INFO, apiError(code, 403));
      expect(await inspect()).toMatchObject({ alive: true });
    },
  );

  it.each([
    ['user/info/', apiError('internal_error', 500), 'transient', 'app'],
    ['user/info/', apiError('rate_limit_exceeded', 429), 'rate_limited', 'app'],
    [CREATOR_INFO, apiError('rate_limit_exceeded', 429), 'rate_limited', 'token'],
    [CREATOR_INFO, { status: 502, body: '<html>' }, 'transient', 'app'],
    ['user/info/', apiError('invalid_params', 400), 'unexpected', 'app'],
  ])('C02 %s answering %j is no verdict', async (path, answer, failureClass, limitScope) => {
    bench.tiktok.canned.set(path, answer);
    await expect(inspect()).rejects.toMatchObject({ class: failureClass, limitScope });
  });

  it('C87 an answer without a code of success is none, whatever the status', async () => {
    bench.tiktok.canned.set('user/info/', apiError('access_token_invalid', 200));
    expect(await inspect(null)).toMatchObject({ alive: false, renewalDecides: true });
    bench.tiktok.canned.set('user/info/', { body: { data: { user: { open_id: OPEN_ID } } } });
    await expect(inspect(null)).rejects.toMatchObject({ class: 'unexpected' });
  });
});
