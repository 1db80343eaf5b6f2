import { randomUUID } from 'node:crypto';
import { days, type FailureData, type GrantStateData, hours } from '@mooring/contracts';
import { ConnectDriver } from './connect-driver.ts';
import { GatewayFixture } from './gateway-fixture.ts';
import { attemptBy, eventOf, next, offerOf, page, WORKSPACE } from './grant-states.ts';

const EPISODE = { episodeId: randomUUID() };
const REFUSED: FailureData = {
  class: 'reauthorization_required',
  reason: 'password_changed',
  retryAfterSeconds: null,
  consecutive: 0,
  exhausted: false,
  platformCode: '190/460',
};

describe('what the vault and the scheduler say about connections', () => {
  const fixture = new GatewayFixture();
  beforeAll(() => fixture.start(), 90_000);
  afterAll(() => fixture.stop());
  beforeEach(() => fixture.clear());

  /** Two Pages of one consent, and their grant. */
  async function connected(): Promise<{ ids: string[]; grant: GrantStateData }> {
    const connections = await new ConnectDriver(fixture).connect('1', '2');
    const grant = [...fixture.vault.grants.values()].at(-1);
    if (!grant) throw new Error('the vault has no grant');
    await fixture.announced();
    return { ids: connections.map(({ id }) => id), grant };
  }

  const at = (ms: number): string => new Date(fixture.clock.now().getTime() + ms).toISOString();
  const cutOff = (reason: 'password_changed' | 'role_lost' = 'password_changed') => ({
    cutOff: { reason, since: at(0) },
  });
  const inspected = (grant: GrantStateData, attempt = attemptBy('schedule'), answered = true) =>
    fixture.deliver(eventOf('TokenInspected', grant.grantId, { grant, attempt, answered, failure: null }));
  const types = async (): Promise<string[]> => (await fixture.announced()).map(({ type }) => type);
  const detail = async (id = ''): Promise<Readonly<Record<string, unknown>>> =>
    (await fixture.call('olga', `GET /v1/connections/${id}`)).body;

  it('C60 cuts every connection of a dead grant off once, with reason, action and episode, and shows them first', async () => {
    const { ids, grant } = await connected();
    const dead = next(grant, cutOff(), EPISODE);
    await inspected(dead);
    const events = await fixture.announced();
    const expired = events.filter(({ type }) => type === 'ConnectionExpired');
    expect(expired.map(({ key }) => key).sort()).toEqual([...ids].sort());
    expect(expired[0]?.data['connection']).toMatchObject({
      status: 'needs_reconnect',
      previousStatus: 'connected',
      reason: 'password_changed',
      action: 'reconnect',
      ...EPISODE,
    });
    await inspected(next(dead));
    expect(await types()).toEqual([]);
    expect(await detail(ids[0])).toMatchObject({
      status: 'needs_reconnect',
      reason: { code: 'password_changed', title: 'Password changed' },
      action: 'reconnect',
    });
  });

  it('drops an older state of a grant, and the same event the second time', async () => {
    const { ids, grant } = await connected();
    const alive = next(next(grant));
    const event = eventOf('TokenInspected', grant.grantId, {
      grant: alive,
      attempt: attemptBy('person', 'olga'),
      answered: true,
      failure: null,
    });
    await fixture.deliver(event);
    await fixture.deliver(event);
    expect(await types()).toEqual(['ConnectionChecked', 'ConnectionChecked']);
    await inspected(next(grant, cutOff()));
    expect(await types()).toEqual([]);
    expect(await detail(ids[0])).toMatchObject({ status: 'connected' });
  });

  it('L-17 says that a connection works again when a check proves it', async () => {
    const { grant } = await connected();
    const dead = next(grant, cutOff());
    await inspected(dead);
    await fixture.announced();
    await inspected(next(dead, { cutOff: null }));
    expect(await types()).toEqual([
      'ConnectionRecovered',
      'ConnectionChecked',
      'ConnectionRecovered',
      'ConnectionChecked',
    ]);
  });

  it('ends a person’s wait also where nothing changed, also on an old state, and keeps the daily sweep quiet', async () => {
    const { ids, grant } = await connected();
    await inspected(next(grant, { checkedAt: at(0) }));
    expect(await types()).toEqual([]);
    expect(await detail(ids[0])).toMatchObject({ lastCheckedAt: at(0) });
    const attempt = attemptBy('person', 'olga');
    await inspected(next(grant), attempt, false);
    const [checked] = await fixture.announced();
    expect(checked).toMatchObject({ type: 'ConnectionChecked', data: { attempt, outcome: 'no_answer' } });
  });

  it('L-13 tells each renewal, and what a refused one means', async () => {
    const { grant } = await connected();
    const renewed = next(grant, {}, { refreshedAt: at(0), generation: 2 });
    const attempt = attemptBy('schedule');
    await fixture.deliver(eventOf('TokenRefreshed', grant.grantId, { grant: renewed, attempt }));
    const [refreshed] = await fixture.announced();
    expect(refreshed?.data).toMatchObject({ outcome: 'refreshed', attempt, connection: { lastRefreshedAt: at(0) } });
    const transient: FailureData = { ...REFUSED, class: 'transient', reason: null };
    const failed = next(renewed);
    await fixture.deliver(eventOf('TokenRefreshFailed', grant.grantId, { grant: failed, attempt, failure: transient }));
    expect((await fixture.announced()).map(({ data }) => data['outcome'])).toEqual(['failed', 'failed']);
    const dead = next(failed, cutOff());
    await fixture.deliver(eventOf('TokenRefreshFailed', grant.grantId, { grant: dead, attempt, failure: REFUSED }));
    const events = await fixture.announced();
    expect(events.map(({ type }) => type)).toEqual(Array(2).fill(['ConnectionExpired', 'ConnectionRefreshed']).flat());
    expect(events[1]?.data['outcome']).toBe('refused');
  });

  it('tells changed permissions', async () => {
    const { grant } = await connected();
    await inspected(next(grant, { grantedScopes: ['pages_show_list', 'new_one'] }));
    const [event] = await fixture.announced();
    expect(event).toMatchObject({
      type: 'ConnectionScopesChanged',
      data: { added: ['new_one'], removed: ['pages_manage_posts', 'pages_read_engagement'] },
    });
  });

  it('L-16 reminds once per step, and of no deadline that has moved', async () => {
    const { ids, grant } = await connected();
    const deadline = { at: at(days(20)), kind: 'data_access' } as const;
    await inspected(next(grant, { deadline }));
    await fixture.announced();
    const soon = (daysLeft: number, of: { at: string; kind: 'data_access' } = deadline) =>
      fixture.deliver(
        eventOf('TokenExpiringSoon', grant.grantId, {
          grantId: grant.grantId,
          connectionId: ids[0] ?? '',
          deadline: of,
          daysLeft,
        }),
      );
    fixture.clock.advance(days(13));
    await soon(7);
    await soon(7);
    await soon(3, { ...deadline, at: at(days(3)) });
    fixture.clock.advance(days(4));
    await soon(3);
    const events = await fixture.announced();
    expect(events.map(({ type, data }) => [type, data['daysLeft']])).toEqual([
      ['ConnectionExpiringSoon', 7],
      ['ConnectionExpiringSoon', 3],
    ]);
    expect(await detail(ids[0])).toMatchObject({ status: 'expiring_soon', deadline });
  });

  it('shows the right status when a deadline passes between two events, and announces it when the scheduler says so', async () => {
    const { ids, grant } = await connected();
    const deadline = { at: at(days(10)), kind: 'access_token' } as const;
    await inspected(next(grant, { deadline }));
    await fixture.announced();
    const summary = async () =>
      (await fixture.call('olga', `GET /v1/workspaces/${WORKSPACE}/connections/summary`)).body;
    expect(await summary()).toMatchObject({ total: 2, connected: 2 });
    fixture.clock.advance(days(4));
    expect(await summary()).toMatchObject({ expiringSoon: 2 });
    fixture.clock.advance(days(6));
    expect(await detail(ids[0])).toMatchObject({ status: 'needs_reconnect', statusSince: deadline.at });
    expect(await summary()).toEqual({ total: 2, connected: 0, expiringSoon: 0, needsReconnect: 2, disconnected: 0 });
    const reached = { grantId: grant.grantId, connectionId: ids[0] ?? '', deadline };
    await fixture.deliver(eventOf('TokenDeadlineReached', grant.grantId, reached));
    expect(await types()).toEqual(['ConnectionExpired']);
  });

  it('lists attention first, filters, searches and pages through an opaque cursor', async () => {
    const names = ['Bakery', 'atelier', 'Cinema', 'Diner'];
    fixture.vault.offer = offerOf({ accounts: names.map((displayName, i) => page(String(i), { displayName })) });
    const connections = await new ConnectDriver(fixture).connect('0', '1', '2', '3');
    const idOf = (displayName: string) => connections.find((one) => (one['displayName'] as string) === displayName)?.id;
    const set = (name: string, facts: string) =>
      fixture.admin.query(`update gateway.connections set ${facts} where id = $1`, [idOf(name)]);
    await set('Diner', `cut_off_reason = 'role_lost', status = 'needs_reconnect'`);
    await set('Cinema', `deadline_at = '${at(days(2))}', deadline_kind = 'data_access'`);
    const list = async (query: string) => {
      const path = `GET /v1/workspaces/${WORKSPACE}/connections?${query}`;
      return (await fixture.call<{ data: { displayName: string }[]; nextCursor: string | null }>('victor', path)).body;
    };
    const namesOf = async (query: string) => (await list(query)).data.map(({ displayName }) => displayName);
    expect(await namesOf('')).toEqual(['Diner', 'Cinema', 'atelier', 'Bakery']);
    expect(await namesOf('status=needs_reconnect,expiring_soon')).toEqual(['Diner', 'Cinema']);
    expect(await namesOf('search=ATEL')).toEqual(['atelier']);
    expect(await namesOf('platform=x')).toEqual([]);
    const first = await list('limit=3');
    expect(first.data).toHaveLength(3);
    expect(await namesOf(`limit=3&cursor=${first.nextCursor}`)).toEqual(['Bakery']);
    expect((await fixture.call('victor', `GET /v1/workspaces/${WORKSPACE}/connections?cursor=e30`)).status).toBe(422);
    expect((await fixture.call('service', `GET /v1/workspaces/${WORKSPACE}/connections`)).status).toBe(200);
  });

  it('L-10 names who connected and who asked as the directory knows them, and keeps the name of that time', async () => {
    const { ids, grant } = await connected();
    const named = (subject: string) => ({ by: { subject, name: `${subject} of North` } });
    expect(await detail(ids[0])).toMatchObject({ connectedBy: named('olga').by });
    await inspected(next(grant), attemptBy('person', 'adam'));
    await inspected(next(next(grant)), attemptBy('person', 'hannah'));
    await fixture.call('service', `DELETE /v1/workspaces/${WORKSPACE}/members/adam`);
    const history = await fixture.call('olga', `GET /v1/connections/${ids[0]}/events`);
    await fixture.call('service', `PUT /v1/workspaces/${WORKSPACE}/members/adam`, {
      role: 'admin',
      name: 'adam of North',
    });
    expect(history.body['data']).toMatchObject([
      { kind: 'ConnectionChecked', by: { subject: 'hannah', name: 'Hannah' }, onBehalfOfWorkspace: true },
      { kind: 'ConnectionChecked', ...named('adam') },
      { kind: 'ConnectionEstablished', ...named('olga') },
    ]);
  });

  it('L-19 sends checks and renewals that people ask for, so many a minute', async () => {
    const { ids, grant } = await connected();
    const check = await fixture.call('olga', `POST /v1/connections/${ids[0]}/check`);
    const refresh = await fixture.call('adam', `POST /v1/connections/${ids[0]}/refresh`);
    expect([check.status, refresh.status]).toEqual([202, 202]);
    const commands = await fixture.announced();
    const asked = { grantId: grant.grantId, trigger: 'person', notAfter: expect.any(String) };
    expect(commands).toEqual([
      { type: 'InspectRequested', key: grant.grantId, data: { ...asked, ...check.body, requestedBy: 'olga' } },
      {
        type: 'RefreshRequested',
        key: grant.grantId,
        data: { ...asked, ...refresh.body, requestedBy: 'adam', generation: 1 },
      },
    ]);
    const statuses = [];
    for (let i = 0; i < 3; i += 1)
      statuses.push((await fixture.call('olga', `POST /v1/connections/${ids[0]}/check`)).status);
    expect(statuses).toEqual([202, 202, 429]);
  });

  it('every stored verdict is what the status function says of the stored facts', async () => {
    const { grant, ids } = await connected();
    await inspected(next(grant, { ...cutOff('role_lost'), deadline: { at: at(hours(1)), kind: 'data_access' } }));
    await fixture.call('olga', `DELETE /v1/connections/${ids[1]}`);
    await expectVerdictsHold(fixture);
  });
});

async function expectVerdictsHold(fixture: GatewayFixture): Promise<void> {
  const { connectionStatus } = await import('@mooring/contracts');
  const { rows } = await fixture.admin.query<Record<string, never>>(`select * from gateway.connections`);
  expect(rows).not.toHaveLength(0);
  for (const row of rows) {
    const { cut_off_reason: reason, deadline_at: at, deadline_kind: kind } = row;
    const facts = {
      removed: row['phase'] === 'removed',
      cutOff: reason ? { reason } : null,
      deadline: at && kind ? { at, kind } : null,
    };
    const verdict = connectionStatus(facts, fixture.clock.now());
    expect({ status: row['status'], reason: row['reason'], action: row['action'] }).toEqual(verdict);
  }
}
