import type { ActivateGrantRequest, GrantStateData } from '@mooring/contracts';
import { ConnectDriver } from './connect-driver.ts';
import { GatewayFixture } from './gateway-fixture.ts';
import { attemptBy, eventOf, next, offerOf, page, WORKSPACE } from './grant-states.ts';

describe('reconnecting and disconnecting', () => {
  const fixture = new GatewayFixture();
  beforeAll(() => fixture.start(), 90_000);
  afterAll(() => fixture.stop());
  beforeEach(() => fixture.clear());

  const lastGrant = (): GrantStateData => [...fixture.vault.grants.values()].at(-1) as GrantStateData;
  const types = async (): Promise<string[]> => (await fixture.announced()).map(({ type }) => type);
  const detail = async (id = '') => (await fixture.call('olga', `GET /v1/connections/${id}`)).body;

  async function cutOff(): Promise<{ ids: string[]; grant: GrantStateData }> {
    const connections = await new ConnectDriver(fixture).connect('1', '2');
    const since = fixture.clock.now().toISOString();
    const grant = next(lastGrant(), { cutOff: { reason: 'password_changed', since } });
    const attempt = attemptBy('callback');
    await fixture.deliver(eventOf('TokenInspected', grant.grantId, { grant, attempt, answered: true, failure: null }));
    await fixture.announced();
    return { ids: connections.map(({ id }) => id), grant };
  }

  async function reconnect(id = '') {
    const driver = new ConnectDriver(fixture);
    return driver.claim(await driver.consent(undefined, await driver.beginReconnect(id)));
  }

  it('L-19 C56 C59 heals every connection of the grant by one consent, same ids, no choice', async () => {
    const { ids, grant } = await cutOff();
    fixture.vault.offer = offerOf({ existingGrantId: grant.grantId });
    const { status, body } = await reconnect(ids[0]);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      session: { state: 'done' },
      accounts: [],
      connections: [
        { id: ids[0], status: 'connected' },
        { id: ids[1], status: 'connected' },
      ],
    });
    const events = await fixture.announced();
    expect(events.map(({ type, key }) => [type, key])).toEqual([
      ['ConnectionReconnected', ids[0]],
      ['ConnectionReconnected', ids[1]],
    ]);
    expect(await detail(ids[1])).toMatchObject({ status: 'connected', reason: null });
    const history = (await fixture.call<{ data: { kind: string }[] }>('victor', `GET /v1/connections/${ids[0]}/events`))
      .body;
    expect(history.data.map(({ kind }) => kind)).toEqual([
      'ConnectionReconnected',
      'ConnectionExpired',
      'ConnectionEstablished',
    ]);
  });

  it('C58 C89 refuses another account and names both; nothing that lives was touched', async () => {
    const { ids } = await cutOff();
    fixture.vault.offer = offerOf({ accounts: [page('7', { displayName: 'Seven' })] });
    const { status, body } = await reconnect(ids[0]);
    expect(status).toBe(409);
    expect(body).toMatchObject({
      code: 'wrong_account',
      detail: 'This connection belongs to Page 1, but you chose Seven at Facebook.',
    });
    expect(fixture.vault.activations).toHaveLength(1);
    expect(fixture.vault.discarded).toHaveLength(1);
    expect(await detail(ids[0])).toMatchObject({ status: 'needs_reconnect' });
    expect(await types()).toEqual([]);
  });

  it.each([
    ['role_too_low', 'Your role there doesn’t allow publishing.'],
    ['not_granted', 'Reconnect once more and leave it ticked.'],
    ['no_token', 'The platform gives no access to it'],
  ] as const)('C58 C83 tells why the account itself cannot be taken again: %s', async (unselectableReason, words) => {
    const { ids } = await cutOff();
    fixture.vault.offer = offerOf({ accounts: [page('1', { selectable: false, unselectableReason }), page('2')] });
    const { status, body } = await reconnect(ids[0]);
    expect(status).toBe(409);
    expect(body).toMatchObject({
      code: 'account_not_usable',
      action: 'start_again',
      detail: expect.stringContaining(words),
    });
    expect(body).toMatchObject({ detail: expect.stringMatching(/^Page 1 was found at Facebook, but /) });
    expect(fixture.vault.discarded).toHaveLength(1);
  });

  it('C58 tells accounts of the same name apart by their ids', async () => {
    const { ids } = await cutOff();
    fixture.vault.offer = offerOf({ accounts: [page('7', { displayName: 'Page 1' })] });
    const { body } = await reconnect(ids[0]);
    expect(body).toMatchObject({
      code: 'wrong_account',
      detail: 'This connection belongs to Page 1 (1), but you chose Page 1 (7) at Facebook.',
    });
  });

  it('moves the connection and its broken siblings to another person’s consent, and leaves healthy ones', async () => {
    const { ids, grant } = await cutOff();
    const healthy = await new ConnectDriver(fixture).connect('4').catch(() => []);
    expect(healthy).toEqual([]);
    fixture.vault.offer = offerOf({ subjectId: 'person-2', subjectName: 'Bo', accounts: [page('1'), page('2')] });
    const { body } = await reconnect(ids[0]);
    expect(body.session.state).toBe('done');
    const { connections } = fixture.vault.activations.at(-1) as ActivateGrantRequest;
    expect(connections.map(({ connectionId, activation }) => [connectionId, activation]).sort()).toEqual(
      ids.map((id) => [id, 2]).sort(),
    );
    expect(await types()).toEqual(['ConnectionReconnected', 'ConnectionReconnected']);
    // The old grant says nothing about them any more.
    const late = next(grant, {
      cutOff: { reason: 'removed_in_settings', since: grant.issuedAt ?? fixture.clock.now().toISOString() },
    });
    await fixture.deliver(
      eventOf('TokenInspected', late.grantId, {
        grant: late,
        attempt: attemptBy('schedule'),
        answered: true,
        failure: null,
      }),
    );
    expect(await types()).toEqual([]);
    expect(await detail(ids[0])).toMatchObject({ status: 'connected', consentedAs: 'Bo' });
  });

  it('takes over connections that the vault moved to another person’s grant while that person connected others', async () => {
    const { ids, grant } = await cutOff();
    const moved = grant.connections.map((connection) => ({ ...connection, cutOff: null, moves: 1 }));
    const other = { ...lastGrant(), grantId: '11111111-1111-4111-8111-111111111111', version: 3, connections: moved };
    const sessionId = '22222222-2222-4222-8222-222222222222';
    await fixture.deliver(eventOf('TokenStored', other.grantId, { grant: other, sessionId, purpose: 'connect' }));
    expect(await types()).toEqual(['ConnectionReconnected', 'ConnectionReconnected']);
    expect(await detail(ids[0])).toMatchObject({ status: 'connected' });
    // A consent to the grant that they were on before is handed over again, late.
    const before = {
      grant: next(grant),
      sessionId: '33333333-3333-4333-8333-333333333333',
      purpose: 'connect',
    } as const;
    await fixture.deliver(eventOf('TokenStored', grant.grantId, before));
    expect(await types()).toEqual([]);
    expect(await detail(ids[0])).toMatchObject({ status: 'connected' });
  });

  it('brings a reconnect to its end by the event alone, when the gateway died after asking the vault', async () => {
    const { ids, grant } = await cutOff();
    fixture.vault.offer = offerOf({ existingGrantId: grant.grantId });
    const driver = new ConnectDriver(fixture);
    const back = await driver.consent(undefined, await driver.beginReconnect(ids[0] ?? ''));
    fixture.vault.unreachable();
    expect((await driver.claim(back)).body.session.state).toBe('activating');
    const renewed = next(grant, { cutOff: null });
    const connections = renewed.connections.map((one) =>
      one.connectionId === ids[0] ? { ...one, activation: 2 } : one,
    );
    const stored = { grant: { ...renewed, connections }, sessionId: back.session, purpose: 'reconnect' } as const;
    await fixture.deliver(eventOf('TokenStored', grant.grantId, stored));
    expect(await types()).toEqual(['ConnectionReconnected', 'ConnectionReconnected']);
    expect((await driver.claim(back)).body.session.state).toBe('done');
  });

  it('L-20 C79 previews a disconnect from what is there', async () => {
    const { ids } = await cutOff();
    const path = `GET /v1/connections/${ids[0]}/disconnect-preview`;
    const { body } = await fixture.call('olga', path);
    expect(body).toMatchObject({ siblings: [{ id: ids[1], displayName: 'Page 2' }], revokesAtPlatform: false });
    expect((body['consequences'] as string[]).join(' ')).toContain('Page 2 uses it too');
    await fixture.call('olga', `DELETE /v1/connections/${ids[1]}`);
    expect((await fixture.call('olga', path)).body).toMatchObject({ siblings: [], revokesAtPlatform: true });
  });

  it('L-20 C78 disconnects: written and commanded at once, released at the vault, told what came of it', async () => {
    const { ids, grant } = await cutOff();
    fixture.vault.releaseResult = 'kept_for_siblings';
    const { status, body } = await fixture.call('adam', `DELETE /v1/connections/${ids[0]}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ connection: { status: 'disconnected' }, revocation: { result: 'kept_for_siblings' } });
    const [told, command] = await fixture.announced();
    expect(told).toMatchObject({
      type: 'ConnectionDisconnected',
      data: { by: { subject: 'adam' }, revocation: 'pending' },
    });
    expect(command).toMatchObject({ type: 'ReleaseRequested', key: grant.grantId });
    expect(fixture.vault.released).toEqual([{ workspaceId: WORKSPACE, ...command?.data }]);
    expect((await fixture.call('adam', `DELETE /v1/connections/${ids[0]}`)).body).toMatchObject({
      code: 'connection_disconnected',
    });
    const history = (await fixture.call('olga', `GET /v1/connections/${ids[0]}/events`)).body['data'];
    expect((history as unknown[]).slice(0, 2)).toMatchObject([
      { kind: 'RevocationReported', summary: expect.stringContaining('other connected accounts use it') },
      { kind: 'ConnectionDisconnected', by: { subject: 'adam', name: 'adam of North' } },
    ]);
    const list = await fixture.call(`olga`, `GET /v1/workspaces/${WORKSPACE}/connections?status=disconnected`);
    expect(list.body['data']).toHaveLength(1);
  });

  it('L-20 says that the vault will hear of it when it cannot be reached, and writes the result down once it has', async () => {
    const { ids, grant } = await cutOff();
    fixture.vault.unreachable();
    const { body } = await fixture.call('olga', `DELETE /v1/connections/${ids[0]}`);
    expect(body).toMatchObject({
      revocation: { result: 'pending', message: expect.stringContaining('Publishers are cut off') },
    });
    const command = (await fixture.announced()).find(({ type }) => type === 'ReleaseRequested');
    const { releaseId, activation } = command?.data as { releaseId: string; activation: number };
    const revoked = {
      grant: next(grant),
      connectionId: ids[0] ?? '',
      activation,
      releaseId,
      result: 'revoked',
    } as const;
    await fixture.deliver(eventOf('TokenRevoked', grant.grantId, revoked));
    await fixture.deliver(eventOf('TokenRevoked', grant.grantId, revoked));
    const history = (
      await fixture.call<{ data: { kind: string; summary: string }[] }>('olga', `GET /v1/connections/${ids[0]}/events`)
    ).body;
    expect(history.data.filter(({ kind }) => kind === 'RevocationReported')).toEqual([
      expect.objectContaining({ summary: 'Facebook confirmed that the access was taken back.' }),
    ]);
    expect(await types()).toEqual([]);
  });

  it('L-20 restores the same record when the account is connected again', async () => {
    const { ids } = await cutOff();
    await fixture.call('olga', `DELETE /v1/connections/${ids[0]}`);
    await fixture.announced();
    const [restored] = await new ConnectDriver(fixture).connect('1');
    expect(restored).toMatchObject({ id: ids[0], status: 'connected' });
    const [event] = await fixture.announced();
    expect(event).toMatchObject({ type: 'ConnectionEstablished', key: ids[0], data: { restored: true } });
    expect(fixture.vault.activations.at(-1)?.connections[0]?.activation).toBe(2);
  });

  it('C63 offers no reconnect of a disconnected connection', async () => {
    const { ids } = await cutOff();
    await fixture.call('olga', `DELETE /v1/connections/${ids[0]}`);
    for (const act of ['check', 'refresh']) {
      const { body } = await fixture.call('olga', `POST /v1/connections/${ids[0]}/${act}`);
      expect(body).toMatchObject({ code: 'connection_disconnected' });
    }
  });
});
