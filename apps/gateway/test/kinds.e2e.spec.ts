import type { GrantStateData, OfferedAccount } from '@mooring/contracts';
import { DEFAULT_PLAN_MATRIX } from '../src/directory/plan-matrix.ts';
import { Browser, broughtBack, ConnectDriver, type OfferedBody } from './connect-driver.ts';
import { GatewayFixture } from './gateway-fixture.ts';
import { attemptBy, eventOf, next, offerOf, page, SCOPES, WIDE_WORKSPACE, WORKSPACE } from './grant-states.ts';

const INSTAGRAM_SCOPES = ['instagram_basic', 'instagram_content_publish'];
const GRANTED = [...SCOPES, ...INSTAGRAM_SCOPES, 'ads_read'];
const BAKERY = page('1', { displayName: 'Bakery' });
const ON_INSTAGRAM = page('17841', { kind: 'instagram_page_account', displayName: 'Bakery', username: 'bakery' });
const ADS = page('act_5', { kind: 'meta_ad_account', displayName: 'Bakery ads' });
const PIXEL = page('77', { kind: 'meta_pixel', displayName: 'Shop pixel' });
/** What one consent at Facebook leads to. */
const ALL = [BAKERY, ON_INSTAGRAM, ADS, PIXEL, page('2'), page('3'), page('4'), page('5'), page('6')];

const PLANS = { ...DEFAULT_PLAN_MATRIX, starter: { platforms: ['facebook'], accountsMax: 5 } };

describe('kinds of connections', () => {
  const fixture = new GatewayFixture();
  beforeAll(() => fixture.start({ PLAN_MATRIX: JSON.stringify(PLANS) }), 90_000);
  afterAll(() => fixture.stop());
  beforeEach(async () => {
    await fixture.clear();
    fixture.vault.offer = offerOf({ grantedScopes: GRANTED, accounts: ALL });
  });

  const driver = () => new ConnectDriver(fixture);
  const lastGrant = (): GrantStateData => [...fixture.vault.grants.values()].at(-1) as GrantStateData;
  const detail = async (id = '') => (await fixture.call('olga', `GET /v1/connections/${id}`)).body;

  /** Claims a consent, at Facebook if not told otherwise. */
  async function claimed(platform = 'facebook', workspace = WORKSPACE) {
    const { body } = await driver().begin({ platform }, workspace);
    const at = driver();
    const back = await at.consent(undefined, body.startUrl, platform);
    return { session: back.session, outcome: await at.claim(back), at };
  }

  async function connect(...accounts: OfferedAccount[]) {
    const { session, at } = await claimed();
    const { status, body } = await at.choose(session, accounts);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body.connections;
  }

  async function checkedAs(change: Parameters<typeof next>[1]): Promise<void> {
    const grant = next(lastGrant(), change);
    const attempt = attemptBy('schedule');
    await fixture.deliver(eventOf('TokenInspected', grant.grantId, { grant, attempt, answered: true, failure: null }));
  }

  async function reconnect(id = '') {
    const at = driver();
    const { state } = await at.start(await at.beginReconnect(id));
    return at.claim(broughtBack(await at.browser.callback(state)));
  }

  it('L-05 L-06 connects a Page, the Instagram account behind it and its ad account by one consent, each under its platform', async () => {
    const connections = await connect(BAKERY, ON_INSTAGRAM, ADS, PIXEL);
    expect(connections.map(({ kind, platform, consentPlatform }) => [kind, platform, consentPlatform])).toEqual([
      ['facebook_page', 'facebook', 'facebook'],
      ['instagram_page_account', 'instagram', 'facebook'],
      ['meta_ad_account', 'facebook', 'facebook'],
      ['meta_pixel', 'facebook', 'facebook'],
    ]);
    const path = `GET /v1/workspaces/${WORKSPACE}/connections?platform=instagram`;
    expect((await fixture.call('victor', path)).body['data']).toMatchObject([{ kind: 'instagram_page_account' }]);
    const events = await fixture.announced();
    expect(events.map(({ data }) => (data['connection'] as { platform: string }).platform)).toEqual(
      connections.map(({ platform }) => platform),
    );
  });

  it('L-06 gives an ad account a status of its own', async () => {
    const [onPage, ads] = await connect(BAKERY, ADS);
    const grant = lastGrant();
    const since = fixture.clock.now().toISOString();
    const connections = grant.connections.map((one) =>
      one.kind === 'meta_ad_account' ? { ...one, cutOff: { reason: 'role_lost' as const, since } } : one,
    );
    const dead = { ...grant, version: grant.version + 1, connections };
    const attempt = attemptBy('schedule');
    await fixture.deliver(
      eventOf('TokenInspected', grant.grantId, { grant: dead, attempt, answered: true, failure: null }),
    );
    expect(await detail(ads?.id)).toMatchObject({ status: 'needs_reconnect', reason: { code: 'role_lost' } });
    expect(await detail(onPage?.id)).toMatchObject({ status: 'connected' });
  });

  it('L-04 L-06 counts accounts that one publishes through, and neither ad accounts nor pixels', async () => {
    await connect(BAKERY, ON_INSTAGRAM, page('2'), page('3'), ADS, PIXEL);
    const { outcome, session, at } = await claimed();
    expect(outcome.body.plan).toMatchObject({ limit: 5, used: 4 });
    const counted = new Map(outcome.body.accounts.map(({ kind, countsForPlan }) => [kind, countsForPlan]));
    expect(Object.fromEntries(counted)).toEqual({
      facebook_page: true,
      instagram_page_account: true,
      meta_ad_account: false,
      meta_pixel: false,
    });
    expect((await at.choose(session, [page('4'), page('5')])).body.code).toBe('plan_limit_reached');
    expect((await at.choose(session, [page('4')])).status).toBe(200);
  });

  it('L-02 C60 takes no Instagram account twice, by whichever way, and says as what it is connected', async () => {
    const [known] = await connect(ON_INSTAGRAM);
    const alone = page('17841', { kind: 'instagram_account', displayName: 'bakery' });
    fixture.vault.offer = offerOf({
      grantedScopes: ['instagram_business_basic', 'instagram_business_content_publish'],
      accounts: [alone],
    });
    const { outcome, session, at } = await claimed('instagram');
    expect(outcome.body.accounts).toEqual([
      expect.objectContaining({
        selectable: false,
        unselectableReason: 'already_connected',
        connectionId: known?.id,
        unselectableMessage: 'It is already connected in this workspace, as Instagram account (through its Page).',
      } satisfies Partial<OfferedBody> & { connectionId: unknown }),
    ]);
    const { status, body } = await at.choose(session, [alone]);
    expect(status).toBe(409);
    expect(body).toMatchObject({
      code: 'account_already_connected',
      detail: 'The account Bakery is already connected in this workspace, as Instagram account (through its Page).',
    });
    // Once it is disconnected, the other way is free; the record of each way is kept.
    await fixture.call('olga', `DELETE /v1/connections/${known?.id}`);
    const { body: other } = await at.choose(session, [alone]);
    expect(other.connections).toMatchObject([{ kind: 'instagram_account', platform: 'instagram' }]);
    expect(other.connections[0]?.id).not.toBe(known?.id);
  });

  it('L-02 the database itself refuses an account that is connected by two ways', async () => {
    const [one] = await connect(ON_INSTAGRAM);
    const twice = fixture.admin.query(
      `insert into gateway.connections select (jsonb_populate_record(c, jsonb_build_object(
         'id', gen_random_uuid(), 'kind', 'instagram_account'))).* from gateway.connections c where id = $1`,
      [one?.id],
    );
    await expect(twice).rejects.toThrow(/connections_one_account/);
  });

  it('C94 keeps the same id at two platforms apart', async () => {
    fixture.vault.offer = offerOf({ grantedScopes: GRANTED, accounts: [page('42')] });
    const first = await claimed('facebook', WIDE_WORKSPACE);
    expect((await first.at.choose(first.session, [page('42')])).status).toBe(200);
    const company = page('42', { kind: 'linkedin_organization' });
    const grantedScopes = ['rw_organization_admin', 'w_organization_social'];
    fixture.vault.offer = offerOf({ grantedScopes, accounts: [company] });
    const second = await claimed('linkedin', WIDE_WORKSPACE);
    expect(second.outcome.body.accounts).toMatchObject([{ selectable: true }]);
    expect((await second.at.choose(second.session, [company])).status).toBe(200);
    const { body } = await fixture.call('olga', `GET /v1/workspaces/${WIDE_WORKSPACE}/connections`);
    expect(body['data']).toMatchObject([
      { platform: 'facebook', accountId: '42' },
      { platform: 'linkedin', accountId: '42' },
    ]);
  });

  it('C55 C41 takes an account as the kind that was offered, and as no other', async () => {
    const { session, at } = await claimed();
    const { body } = await at.choose(session, [{ ...BAKERY, kind: 'instagram_page_account' }]);
    expect(body).toMatchObject({ code: 'account_not_offered', detail: expect.stringContaining('1') });
    expect(fixture.vault.activations).toEqual([]);
  });

  it('C47 C51 offers every account, those that cannot be chosen with the reason in words', async () => {
    const story = page('8', {
      kind: 'linkedin_organization',
      selectable: false,
      unselectableReason: 'unsupported_type',
    });
    const grantedScopes = ['rw_organization_admin', 'w_organization_social'];
    const many = Array.from({ length: 120 }, (_, i) => page(`p${i}`, { kind: 'linkedin_organization' }));
    fixture.vault.offer = offerOf({ grantedScopes, accounts: [...many, story] });
    const { outcome } = await claimed('linkedin', WIDE_WORKSPACE);
    expect(outcome.body.accounts).toHaveLength(121);
    expect(outcome.body.accounts.at(-1)).toMatchObject({
      selectable: false,
      unselectableMessage: 'Accounts of this type can’t be connected.',
    });
  });

  it('L-04 shows what the plan bars with the reason, and takes none of it', async () => {
    const onPlan = (plan: string) =>
      fixture.admin.query(`update gateway.workspaces set plan = $1 where workspace_id = $2`, [plan, WORKSPACE]);
    await onPlan('starter');
    try {
      const { outcome, session, at } = await claimed();
      const barred = outcome.body.accounts.filter(({ selectable }) => !selectable);
      expect(barred).toMatchObject([
        {
          kind: 'instagram_page_account',
          unselectableReason: 'not_on_plan',
          unselectableMessage: 'Your plan does not include Instagram.',
        },
      ]);
      expect((await at.choose(session, [BAKERY, ON_INSTAGRAM])).body.code).toBe('platform_not_on_plan');
      expect((await at.choose(session, [BAKERY])).status).toBe(200);
    } finally {
      await onPlan('free');
    }
  });

  it('L-19 C58 leads the reconnect of an Instagram account behind a Page to Facebook, and heals all of its consent', async () => {
    const connections = await connect(BAKERY, ON_INSTAGRAM, ADS);
    const since = fixture.clock.now().toISOString();
    await checkedAs({ cutOff: { reason: 'password_changed', since } });
    const broken = await detail(connections[1]?.id);
    expect(broken).toMatchObject({
      platform: 'instagram',
      reason: { explanation: expect.stringMatching(/^The Facebook password/) },
    });
    fixture.vault.offer = { ...fixture.vault.offer, existingGrantId: lastGrant().grantId };
    const at = driver();
    const { dialog, state } = await at.start(await at.beginReconnect(connections[1]?.id ?? ''));
    expect(dialog.pathname).toBe('/v25.0/dialog/oauth');
    const { body } = await at.claim(broughtBack(await at.browser.callback(state)));
    expect(body.connections.map(({ id, status }) => [id, status])).toEqual([
      [connections[1]?.id, 'connected'],
      ...[connections[0]?.id, connections[2]?.id].sort().map((id) => [id, 'connected']),
    ]);
  });

  it('C58 C89 refuses the consent of another account’s owner and names both', async () => {
    const [, instagram] = await connect(BAKERY, ON_INSTAGRAM);
    const other = page('17842', { kind: 'instagram_page_account', displayName: 'Butcher' });
    fixture.vault.offer = offerOf({ grantedScopes: GRANTED, accounts: [other] });
    const { status, body } = await reconnect(instagram?.id);
    expect(status).toBe(409);
    expect(body).toMatchObject({
      code: 'wrong_account',
      detail: 'This connection belongs to Bakery, but you chose Butcher at Facebook.',
    });
  });

  it('C58 asks the platform anew who is meant, where a person came back with another account', async () => {
    const [one] = await connect(BAKERY);
    const at = driver();
    const usual = await at.start(await at.beginReconnect(one?.id ?? ''));
    expect(usual.dialog.searchParams.get('auth_type')).toBe('reauthorize');
    const anew = await at.start(await at.beginReconnect(one?.id ?? '', { rerequest: true }));
    expect(anew.dialog.searchParams.get('auth_type')).toContain('rerequest');
  });

  it('C48 asks for more Pages by a consent that asks anew', async () => {
    const at = driver();
    const { dialog } = await at.start((await at.begin({ rerequest: true })).body.startUrl);
    expect(dialog.searchParams.get('auth_type')).toBe('rerequest');
  });

  it('C36 an Instagram account comes back only with the permissions of its kind', async () => {
    const [, instagram] = await connect(BAKERY, ON_INSTAGRAM);
    fixture.vault.offer = { ...fixture.vault.offer, grantedScopes: SCOPES, existingGrantId: lastGrant().grantId };
    const { body } = await reconnect(instagram?.id);
    expect(body).toMatchObject({ code: 'permissions_declined', missingScopes: INSTAGRAM_SCOPES });
  });

  it('L-20 previews which accounts of the same consent stay, by name and kind', async () => {
    const [onPage, instagram] = await connect(BAKERY, ON_INSTAGRAM);
    const { body } = await fixture.call('olga', `GET /v1/connections/${onPage?.id}/disconnect-preview`);
    expect(body).toMatchObject({
      revokesAtPlatform: false,
      siblings: [
        { id: instagram?.id, kind: 'instagram_page_account', kindName: 'Instagram account (through its Page)' },
      ],
    });
    expect(JSON.stringify(body['consequences'])).toContain('Bakery (Instagram) uses it too');
  });

  it('B10 two people of one workspace: each one’s consent has its own accounts and siblings', async () => {
    const [mine] = await connect(BAKERY);
    fixture.vault.offer = offerOf({ grantedScopes: GRANTED, subjectId: 'person-2', accounts: [page('2'), page('3')] });
    const adam = new ConnectDriver(fixture, 'adam', new Browser(fixture));
    const theirs = await adam.connect('2', '3');
    const preview = async (id = '') =>
      (await fixture.call('olga', `GET /v1/connections/${id}/disconnect-preview`)).body;
    expect(await preview(mine?.id)).toMatchObject({ siblings: [], revokesAtPlatform: true });
    expect(await preview(theirs[0]?.id)).toMatchObject({ siblings: [{ id: theirs[1]?.id }], revokesAtPlatform: false });
    await fixture.call('olga', `DELETE /v1/connections/${mine?.id}`);
    expect(fixture.vault.released.map(({ connectionId }) => connectionId)).toEqual([mine?.id]);
    expect(await detail(theirs[0]?.id)).toMatchObject({ status: 'connected' });
  });
});
