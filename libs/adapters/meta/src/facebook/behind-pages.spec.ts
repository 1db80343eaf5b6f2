import { describe, expect, it } from '@jest/globals';
import { capabilityViews, Secret } from '@mooring/contracts';
import { NOW, PlayedBench } from '../../test/played-bench.ts';
import { APP_ID, graphError, type PlayedAdAccount, type PlayedPage } from '../../test/played-graph.ts';

const PAGE = '100200300400490';
const INSTAGRAM = '17841400000000001';
const INSTAGRAM_SCOPES = ['instagram_basic', 'instagram_content_publish'];
const DATA_ACCESS_END = new Date(1_767_776_000_000);

const bench = new PlayedBench();
const linked: PlayedPage = {
  id: PAGE,
  name: 'Harbour Café',
  tasks: ['CREATE_CONTENT'],
  instagram: { id: INSTAGRAM, username: 'harbour.cafe', name: 'Harbour Café on Instagram' },
};

async function found(adapter = bench.adapter) {
  return adapter.discover(await bench.establish(adapter));
}
const told = (accounts: Awaited<ReturnType<typeof found>>) =>
  accounts.map(({ offered }) => `${offered.kind} ${offered.accountId} ${offered.unselectableReason ?? 'selectable'}`);

describe('the Instagram account behind a Page', () => {
  const play = (page: Partial<PlayedPage> = {}, scopes = INSTAGRAM_SCOPES) => {
    bench.graph.scopes.push(...scopes);
    bench.graph.pages = [{ ...linked, ...page }];
  };

  it('L-05 is offered beside it, with the Page’s token', async () => {
    play();
    const accounts = await found();
    expect(told(accounts)).toEqual([
      `facebook_page ${PAGE} selectable`,
      `instagram_page_account ${INSTAGRAM} selectable`,
    ]);
    const [page, account] = accounts;
    expect(account?.token?.value.reveal()).toBe(page?.token?.value.reveal());
    expect(account?.offered).toMatchObject({ username: 'harbour.cafe', displayName: 'Harbour Café on Instagram' });
  });

  it('L-16 ends with the period of data access, and the Page does not', async () => {
    play();
    const [page, account] = await found();
    expect(page?.token).toMatchObject({ issuedAt: NOW, expiresAt: null, dataAccessExpiresAt: null });
    expect(account?.token).toMatchObject({ expiresAt: null, dataAccessExpiresAt: DATA_ACCESS_END });
    const token = page?.token?.value ?? new Secret('x');
    const ofPage = { accountId: PAGE, kind: 'facebook_page' };
    const ofInstagram = { accountId: INSTAGRAM, kind: 'instagram_page_account' };
    expect(await bench.adapter.inspect({ token, account: ofPage })).toMatchObject({ dataAccessExpiresAt: null });
    expect(await bench.adapter.inspect({ token, account: ofInstagram })).toMatchObject({
      alive: true,
      missingScopes: [],
      dataAccessExpiresAt: DATA_ACCESS_END,
    });
  });

  it.each<[string, Partial<PlayedPage>, string[], [ofPage: string, ofInstagram: string]]>([
    ['a permission for it unticked', {}, ['instagram_basic'], ['selectable', 'not_granted']],
    ['no token of the Page', { token: false }, INSTAGRAM_SCOPES, ['no_token', 'no_token']],
    ['the token of another Page', { tokenOf: '7' }, INSTAGRAM_SCOPES, ['no_token', 'no_token']],
    ['too low a role', { tasks: ['ANALYZE'] }, INSTAGRAM_SCOPES, ['role_too_low', 'role_too_low']],
  ])('C38 C52 with %s has its own reason', async (_what, page, scopes, [ofPage, ofInstagram]) => {
    play(page, scopes);
    expect(told(await found())).toEqual([
      `facebook_page ${PAGE} ${ofPage}`,
      `instagram_page_account ${INSTAGRAM} ${ofInstagram}`,
    ]);
  });

  it('C36 is not granted where the person ticked other accounts, whatever of the Page’s scopes', async () => {
    play();
    bench.graph.granular = [
      { scope: 'pages_show_list', target_ids: [PAGE] },
      { scope: 'business_management', target_ids: ['900490900'] },
      { scope: 'instagram_basic', target_ids: ['17841499999999999'] },
    ];
    const accounts = await found();
    expect(told(accounts)).toEqual([
      `facebook_page ${PAGE} selectable`,
      `instagram_page_account ${INSTAGRAM} not_granted`,
    ]);
    expect(accounts[1]?.missingScopes).toEqual(['instagram_basic']);
    bench.graph.granular[2] = { scope: 'instagram_basic', target_ids: [INSTAGRAM] };
    expect(told(await found())[1]).toContain('selectable');
  });

  it('is found behind Pages of portfolios and Pages that only the consent names', async () => {
    for (const via of ['owned_pages', 'client_pages', 'direct'] as const) {
      bench.graph.scopes = [...new Set([...bench.graph.scopes, ...INSTAGRAM_SCOPES])];
      bench.graph.granular = [{ scope: 'pages_show_list', target_ids: [PAGE] }];
      bench.graph.pages = [{ ...linked, via }];
      expect(told(await found())).toContain(`instagram_page_account ${INSTAGRAM} selectable`);
    }
  });

  it('C43 is neither asked for nor offered where the app asks for no Instagram permission', async () => {
    play();
    const adapter = bench.adapterWith({
      scopes: ['pages_show_list', 'pages_manage_posts', 'pages_read_engagement'],
    });
    expect(told(await found(adapter))).toEqual([`facebook_page ${PAGE} selectable`]);
    expect(bench.graph.calls.some(({ parameters }) => parameters.get('fields')?.includes('instagram'))).toBe(false);
  });

  it('C29 unlinked from its Page it is cut off with words of its own; a Page token without the permission says nothing', async () => {
    play();
    const token = (await found())[1]?.token?.value ?? new Secret('x');
    const account = { accountId: INSTAGRAM, kind: 'instagram_page_account' };
    bench.graph.pages = [{ ...linked, instagram: { id: '1' } }];
    expect(await bench.adapter.inspect({ token, account })).toMatchObject({
      alive: false,
      failure: { reason: 'removed_in_settings' },
    });
    bench.graph.scopes = bench.graph.scopes.filter((scope) => scope !== 'instagram_basic');
    expect(await bench.adapter.inspect({ token, account })).toMatchObject({
      alive: true,
      missingScopes: ['instagram_basic'],
    });
  });

  it.each([
    [190, 'x', 459, 'user_action_required', 'security_check'],
    [190, 'x', 460, 'reauthorization_required', 'password_changed'],
    [10, 'Application does not have permission for this action', undefined, 'permission_missing', 'permission_removed'],
  ])('C29 C30 %i %p ends it though debug_token calls the token alive', async (...refusal) => {
    const [code, message, subcode, failureClass, reason] = refusal;
    play();
    const token = (await found())[1]?.token?.value ?? new Secret('x');
    const account = { accountId: INSTAGRAM, kind: 'instagram_page_account' };
    bench.graph.canned.set(PAGE, graphError(code, message, subcode));
    expect(await bench.adapter.inspect({ token, account })).toMatchObject({
      alive: false,
      failure: { class: failureClass, reason },
    });
  });

  it('L-16 once data access is over, a link that is not shown says nothing: the deadline does', async () => {
    play();
    const token = (await found())[1]?.token?.value ?? new Secret('x');
    const account = { accountId: INSTAGRAM, kind: 'instagram_page_account' };
    bench.graph.canned.set(PAGE, { body: { id: PAGE } });
    const ended = { type: 'PAGE', profile_id: PAGE, is_valid: true, data_access_expires_at: 1_759_999_999 };
    bench.debugAnswers({ ...ended, app_id: APP_ID, user_id: '1', scopes: bench.graph.scopes });
    const dataAccessExpiresAt = new Date(1_759_999_999_000);
    expect(await bench.adapter.inspect({ token, account })).toMatchObject({ alive: true, dataAccessExpiresAt });
  });

  it('C37 a living token of the person is dead for it', async () => {
    play();
    const token = new Secret(bench.graph.mint({ type: 'USER', long: true }));
    const account = { accountId: INSTAGRAM, kind: 'instagram_page_account' };
    expect(await bench.adapter.inspect({ token, account })).toMatchObject({ alive: false });
  });

  it('C42 needs other permissions than the Page', () => {
    const { requiredScopesOf, capabilities } = bench.adapter;
    expect(requiredScopesOf?.('instagram_page_account')).toContain('instagram_content_publish');
    expect(requiredScopesOf?.('facebook_page')).not.toContain('instagram_content_publish');
    const views = capabilityViews(capabilities['instagram_page_account'] ?? {}, ['pages_show_list']);
    expect(views.find(({ capability }) => capability === 'publish')?.missingScopes).toHaveLength(3);
  });
});

describe('ad accounts and pixels (L-06)', () => {
  const ACTIVE: PlayedAdAccount = {
    id: 'act_490',
    name: 'Harbour ads',
    account_status: 1,
    pixels: [
      { id: '771', name: 'Shop' },
      { id: '772', is_unavailable: true },
    ],
  };
  const play = (...accounts: PlayedAdAccount[]) => {
    bench.graph.scopes.push('ads_read');
    bench.graph.adAccounts = accounts;
  };

  it('are offered after the Pages, to be used with the person’s token', async () => {
    play(ACTIVE, { id: 'act_491', account_status: 2, pixels: [{ id: '771', name: 'Shop' }] });
    const accounts = await found();
    expect(told(accounts)).toEqual([
      `facebook_page ${PAGE} selectable`,
      'meta_ad_account act_490 selectable',
      'meta_pixel 771 selectable',
      'meta_pixel 772 no_token',
      'meta_ad_account act_491 no_token',
    ]);
    expect(accounts.slice(1).map(({ token }) => token)).toEqual([null, null, null, null]);
  });

  it('are not looked for without a permission, and missing where the person ticked others', async () => {
    bench.graph.adAccounts = [ACTIVE];
    expect(told(await found())).toEqual([`facebook_page ${PAGE} selectable`]);
    expect(bench.graph.calls.some(({ path }) => path === 'me/adaccounts')).toBe(false);
    play(ACTIVE);
    bench.graph.granular = [{ scope: 'ads_read', target_ids: ['1'] }];
    expect(told(await found())).toContain('meta_ad_account act_490 not_granted');
  });

  it.each([
    [1, null],
    [2, 'account_suspended'],
    [3, 'account_suspended'],
    [7, 'security_check'],
    [8, null],
    [9, null],
    [101, 'account_suspended'],
  ])('have a status of their own: state %i is %s', async (state, reason) => {
    play({ ...ACTIVE, account_status: state });
    const token = (await bench.establish()).tokens.access.value;
    const account = { accountId: 'act_490', kind: 'meta_ad_account' };
    const expected = reason === null ? { alive: true, missingScopes: [] } : { alive: false, failure: { reason } };
    expect(await bench.adapter.inspect({ token, account })).toMatchObject(expected);
  });

  it('a pixel that is unavailable is off, one that is there is not', async () => {
    play(ACTIVE);
    const token = (await bench.establish()).tokens.access.value;
    const inspect = (accountId: string) => bench.adapter.inspect({ token, account: { accountId, kind: 'meta_pixel' } });
    expect(await inspect('771')).toMatchObject({ alive: true, missingScopes: [] });
    expect(await inspect('772')).toMatchObject({ alive: false, failure: { reason: 'account_suspended' } });
  });

  it.each([graphError(200, 'Ad account owner has NOT grant ads_read'), graphError(100, 'x', 33)])(
    'a lost role on one is told as such, an outage is not: %j',
    async (refusal) => {
      play(ACTIVE);
      const token = (await bench.establish()).tokens.access.value;
      const account = { accountId: 'act_490', kind: 'meta_ad_account' };
      bench.graph.canned.set('act_490', refusal);
      expect(await bench.adapter.inspect({ token, account })).toMatchObject({
        alive: false,
        failure: { class: 'user_action_required', reason: 'role_lost' },
      });
      bench.graph.canned.set('act_490', graphError(2, 'down'));
      await expect(bench.adapter.inspect({ token, account })).rejects.toMatchObject({ class: 'transient' });
    },
  );

  it('C36 a permission that was taken away is named and not taken for a lost role', async () => {
    play(ACTIVE);
    const token = (await bench.establish()).tokens.access.value;
    bench.graph.scopes = bench.graph.scopes.filter((scope) => scope !== 'ads_read');
    const account = { accountId: 'act_490', kind: 'meta_ad_account' };
    expect(await bench.adapter.inspect({ token, account })).toMatchObject({ alive: true, missingScopes: ['ads_read'] });
    bench.graph.scopes.push('ads_management');
    expect(await bench.adapter.inspect({ token, account })).toMatchObject({ alive: true, missingScopes: [] });
  });
});
