import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { days, type Secret } from '@mooring/contracts';
import {
  type ClosablePlatformHttp,
  createPlatformHttp,
  type DiscoveredAccount,
  type PlatformAdapter,
} from '@mooring/adapters-core';
import { ASKED_SCOPES } from '../src/index.ts';
import { SandboxProcess } from './sandbox-process.ts';

const CAFE = '100200300400501';
const CAFE_INSTAGRAM = '17841400000010501';
const HARBOUR_ADS = 'act_400490300200101';
const HARBOUR_PIXEL = '500490300200101';

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
  await http?.close();
  await sandbox?.stop();
});

async function connect(person = 'fiona') {
  const consent = await adapter.establish(await sandbox.consent(person, ASKED_SCOPES));
  const found = await adapter.discover(consent);
  const use = (accountId: string, kind: string) => {
    const own = found.find(({ offered }) => offered.accountId === accountId && offered.kind === kind)?.token;
    const token: Secret = (own ?? consent.tokens.access).value;
    return { token, account: { accountId, kind } };
  };
  return { consent, found, use };
}
const told = (found: readonly DiscoveredAccount[]) =>
  found.map(({ offered }) => `${offered.kind} ${offered.accountId} ${offered.unselectableReason ?? 'selectable'}`);

describe('what stands behind the Pages at the sandbox', () => {
  it('L-05 L-06 is offered with them, each once, the disabled ad account with its reason', async () => {
    const { found } = await connect();
    expect(told(found)).toEqual([
      'facebook_page 100200300400501 selectable',
      'facebook_page 100200300400502 selectable',
      'facebook_page 100490200300490 selectable',
      'instagram_page_account 17841400000010501 selectable',
      'instagram_page_account 17841400000010490 selectable',
      'meta_ad_account act_400490300200101 selectable',
      'meta_pixel 500490300200101 selectable',
      'meta_pixel 500300200100102 selectable',
      'meta_ad_account act_400300200100102 no_token',
    ]);
  });

  it('C49 is found behind the Pages of a portfolio too', async () => {
    const { found } = await connect('petra');
    expect(told(found)).toContain('instagram_page_account 17841400000010602 selectable');
    expect(told(found)).toContain('meta_ad_account act_400300200100301 selectable');
  });

  it('L-16 only Instagram ends with the period of data access, which the sandbox counts', async () => {
    const { found, use } = await connect();
    const ends = (accountId: string) =>
      found.find(({ offered }) => offered.accountId === accountId)?.token?.dataAccessExpiresAt;
    expect(ends(CAFE)).toBeNull();
    const lifeMs = (ends(CAFE_INSTAGRAM)?.getTime() ?? 0) - Date.now();
    expect(lifeMs / days(1)).toBeCloseTo(90, 0);
    expect(await adapter.inspect(use(CAFE_INSTAGRAM, 'instagram_page_account'))).toMatchObject({
      alive: true,
      missingScopes: [],
      dataAccessExpiresAt: ends(CAFE_INSTAGRAM),
    });
    await sandbox.control('POST', 'clock', { offsetMs: days(91) });
    const posts = adapter.recentPosts?.({ ...use(CAFE_INSTAGRAM, 'instagram_page_account'), limit: 3 });
    await expect(posts).rejects.toMatchObject({ class: 'permission_missing' });
    expect(await adapter.inspect(use(CAFE, 'facebook_page'))).toMatchObject({ alive: true });
    await sandbox.control('POST', 'clock', { offsetMs: 0 });
  });

  it.each([
    ['instagram_content_publish', CAFE_INSTAGRAM, 'instagram_page_account'],
    ['ads_read', HARBOUR_ADS, 'meta_ad_account'],
  ])('C36 without %s only what needs it misses it', async (permission, accountId, kind) => {
    const { use } = await connect();
    await sandbox.control('POST', `facebook/people/fiona/permissions/${permission}/remove`);
    expect(await adapter.inspect(use(accountId, kind))).toMatchObject({ alive: true, missingScopes: [permission] });
    expect(await adapter.inspect(use(CAFE, 'facebook_page'))).toMatchObject({ alive: true, missingScopes: [] });
  });

  it('L-06 an ad account and a pixel show a status of their own', async () => {
    const { use } = await connect();
    expect(await adapter.inspect(use(HARBOUR_ADS, 'meta_ad_account'))).toMatchObject({
      alive: true,
      missingScopes: [],
    });
    expect(await adapter.inspect(use(HARBOUR_PIXEL, 'meta_pixel'))).toMatchObject({ alive: true, missingScopes: [] });
    expect(await adapter.inspect(use('act_400300200100102', 'meta_ad_account'))).toMatchObject({
      alive: false,
      failure: { reason: 'account_suspended' },
    });
    await sandbox.control('POST', `facebook/people/fiona/accounts/${HARBOUR_ADS.slice(4)}/role-lost`);
    for (const [accountId, kind] of [
      [HARBOUR_ADS, 'meta_ad_account'],
      [HARBOUR_PIXEL, 'meta_pixel'],
    ] as const) {
      expect(await adapter.inspect(use(accountId, kind))).toMatchObject({
        alive: false,
        failure: { reason: 'role_lost' },
      });
    }
    expect(await adapter.inspect(use(CAFE, 'facebook_page'))).toMatchObject({ alive: true });
  });

  it('C36 a permission that lapsed unused is missing while the token lives', async () => {
    const { use } = await connect();
    await sandbox.control('POST', 'facebook/people/fiona/permissions/pages_manage_posts/expire');
    expect(await adapter.inspect(use(CAFE, 'facebook_page'))).toMatchObject({
      alive: true,
      missingScopes: ['pages_manage_posts'],
    });
  });

  it('L-27 shows the newest posts of a Page and of its Instagram account', async () => {
    const { use } = await connect();
    const media = await adapter.recentPosts?.({ ...use(CAFE_INSTAGRAM, 'instagram_page_account'), limit: 2 });
    expect(media).toHaveLength(2);
    for (const post of media ?? []) expect(post.publishedAt).not.toBeNull();
    expect(await adapter.recentPosts?.({ ...use(CAFE, 'facebook_page'), limit: 2 })).toEqual([]);
    expect(await adapter.recentPosts?.({ ...use(HARBOUR_ADS, 'meta_ad_account'), limit: 2 })).toEqual([]);
  });

  it('B10 one person’s end leaves another person’s Pages of the same name alive', async () => {
    const fiona = await connect('fiona');
    const carl = await connect('carl');
    expect(await adapter.revoke({ subjectId: fiona.consent.subjectId, tokens: null })).toBe('revoked');
    expect(await adapter.inspect(fiona.use(CAFE_INSTAGRAM, 'instagram_page_account'))).toMatchObject({ alive: false });
    expect(await adapter.inspect(carl.use(CAFE_INSTAGRAM, 'instagram_page_account'))).toMatchObject({ alive: true });
    expect(await adapter.inspect(carl.use(HARBOUR_ADS, 'meta_ad_account'))).toMatchObject({ alive: true });
  });
});

describe('the operator’s app at the sandbox', () => {
  it('B6 C44 C46 is told apart when it is right and when it is wrong', async () => {
    const outcomes = async (of: PlatformAdapter) =>
      (await of.checkReadiness()).map(({ name, outcome }) => `${name} ${outcome}`);
    expect(await outcomes(adapter)).toEqual(['client_secret ok', 'api_version ok', 'redirect_uri unknown']);
    const wrong = sandbox.adapterAt(sandbox.url, http, { appId: '1' });
    expect((await outcomes(wrong))[0]).toBe('client_secret failed');
  });
});
