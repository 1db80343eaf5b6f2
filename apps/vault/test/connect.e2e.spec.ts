import { randomUUID } from 'node:crypto';
import { PlatformFailure } from '@mooring/adapters-core';
import { CANARY, transient } from './test-adapter.ts';
import { VaultFixture } from './vault-fixture.ts';

const vault = new VaultFixture();
beforeAll(() => vault.start(), 60_000);
afterAll(() => vault.stop());
beforeEach(() => vault.platform.reset());

describe('taking a consent in', () => {
  it('seals it as a pending grant, once for a session, and shows accounts without a token', async () => {
    const sessionId = randomUUID();
    const first = await vault.open(sessionId);
    expect(first).toMatchObject({ status: 200, body: { sessionId, existingGrantId: null } });
    expect(first.body.accounts).toHaveLength(3);
    expect(JSON.stringify(first.body)).not.toContain(CANARY);
    expect(await vault.open(sessionId)).toEqual(first);
    expect(vault.platform.calls).toMatchObject({ establish: 1, discover: 1 });
    const held = await vault.one('select state, wrapped_key from vault.grants where session_id = $1', [sessionId]);
    expect(held).toMatchObject({ state: 'pending', wrapped_key: expect.any(Buffer) });
  });

  it('takes the chosen connections live, announces the whole state and serves their tokens', async () => {
    const connected = await vault.connect(2);
    expect(connected.grant).toMatchObject({
      state: 'active',
      generation: 1,
      version: 1,
      episodeId: null,
      cutOff: null,
    });
    expect(connected.grant.connections).toHaveLength(2);
    const [stored] = await vault.events(connected.grant.grantId);
    expect(stored).toMatchObject({ type: 'TokenStored', data: { sessionId: connected.sessionId, purpose: 'connect' } });
    expect(JSON.stringify(stored)).not.toContain(CANARY);
    const [connection] = connected.connections;
    const read = await vault.read(connection!.connectionId);
    expect(read).toMatchObject({ status: 200, body: { accountId: connection!.accountId, generation: 1 } });
    expect(read.body.accessToken).toContain(CANARY);
    expect(read.body.appSecretProof).toMatch(/^[0-9a-f]{64}$/);
  });

  it('answers a repeated activation with the state of the grant, and a session that is unknown with 410', async () => {
    const connected = await vault.connect(1);
    const again = await vault.activate(connected.sessionId, connected.connections);
    expect(again).toMatchObject({ status: 200, body: { grant: { grantId: connected.grant.grantId, version: 1 } } });
    expect(await vault.activate(randomUUID(), connected.connections)).toMatchObject({
      status: 410,
      body: { code: 'pending_grant_gone' },
    });
  });

  it('activates once, however many call at the same time', async () => {
    const sessionId = randomUUID();
    await vault.open(sessionId);
    const accountId = vault.platform.accounts[0]!;
    const chosen = [{ connectionId: randomUUID(), accountId, activation: 1 }];
    const answers = await Promise.all(Array.from({ length: 5 }, () => vault.activate(sessionId, chosen)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const grantIds = new Set(answers.map(({ body }) => body.grant.grantId));
    expect(grantIds.size).toBe(1);
    expect((await vault.events([...grantIds][0]!)).map(({ type }) => type)).toEqual(['TokenStored']);
  });

  it('L-19 activates once into a grant that is there already, also where two calls wait for each other', async () => {
    const connected = await vault.connect(1);
    const sessionId = randomUUID();
    await vault.open(sessionId);
    const again = [{ ...connected.connections[0]!, activation: 2 }];
    const grant = await vault.one<{ platform: string; client_id: string; subject_id: string }>(
      'select platform, client_id, subject_id from vault.grants where id = $1',
      [connected.grant.grantId],
    );
    const consent = ['consent', vault.workspaceId, grant!.platform, grant!.client_id, grant!.subject_id].join(' ');
    await vault.admin.query('select pg_advisory_lock(hashtextextended($1, 0))', [consent]);
    const answers = [1, 2].map(() => vault.activate(sessionId, again, 'reconnect'));
    const waiting = `select count(*)::int as calls from pg_locks where locktype = 'advisory' and not granted`;
    while ((await vault.one<{ calls: number }>(waiting))!.calls < answers.length);
    await vault.admin.query('select pg_advisory_unlock(hashtextextended($1, 0))', [consent]);
    for (const answer of answers) {
      expect(await answer).toMatchObject({
        status: 200,
        body: { grant: { grantId: connected.grant.grantId, generation: 2 } },
      });
    }
  });

  it('L-19 heals every discovered sibling with one reconnect, under the same ids and the same grant', async () => {
    const connected = await vault.connect(2);
    const before = await vault.read(connected.connections[1]!.connectionId);
    const sessionId = randomUUID();
    const opened = await vault.open(sessionId);
    expect(opened.body.existingGrantId).toBe(connected.grant.grantId);
    const [first] = connected.connections;
    const answer = await vault.activate(sessionId, [{ ...first!, activation: 2 }], 'reconnect');
    expect(answer.body.grant).toMatchObject({ grantId: connected.grant.grantId, generation: 2 });
    const after = await vault.read(connected.connections[1]!.connectionId);
    expect(after.body.generation).toBe(2);
    expect(after.body.accessToken).not.toBe(before.body.accessToken);
    expect(await vault.one('select 1 from vault.grants where session_id = $1', [sessionId])).toBeUndefined();
  });

  it('L-15 heals by a reconnect what our own keys can no longer open', async () => {
    const connected = await vault.connect(1);
    const [first] = connected.connections;
    await vault.admin.query(
      `update vault.grants set data_key_id = gen_random_uuid(), wrapped_key = '\\x00' where id = $1`,
      [connected.grant.grantId],
    );
    expect((await vault.read(first!.connectionId)).body).toMatchObject({
      reason: 'key_unavailable',
      connectionAction: 'reconnect',
    });
    const sessionId = randomUUID();
    await vault.open(sessionId);
    const answer = await vault.activate(sessionId, [{ ...first!, activation: 2 }], 'reconnect');
    expect(answer).toMatchObject({ status: 200, body: { grant: { grantId: connected.grant.grantId, generation: 2 } } });
    expect((await vault.read(first!.connectionId)).status).toBe(200);
  });

  it('keeps the token of a sibling that the new consent does not show, and inspects it', async () => {
    const connected = await vault.connect(2);
    const [first, second] = connected.connections;
    const before = await vault.read(second!.connectionId);
    vault.platform.accounts = [first!.accountId];
    const sessionId = randomUUID();
    await vault.open(sessionId);
    await vault.activate(sessionId, [{ ...first!, activation: 2 }], 'reconnect');
    expect((await vault.read(second!.connectionId)).body.accessToken).toBe(before.body.accessToken);
    const inspected = await vault.eventually(connected.grant.grantId, 'TokenInspected');
    expect(inspected).toMatchObject({ answered: true, attempt: { trigger: 'reconnect' } });
  });

  it('keeps the token of a sibling that the new consent shows without what publishing needs, and inspects it', async () => {
    const connected = await vault.connect(2);
    const [chosen, sibling] = connected.connections;
    const before = (await vault.read(sibling!.connectionId)).body.accessToken;
    vault.platform.unselectable.add(sibling!.accountId);
    const sessionId = randomUUID();
    await vault.open(sessionId);
    await vault.activate(sessionId, [{ ...chosen!, activation: 2 }], 'reconnect');
    expect((await vault.read(sibling!.connectionId)).body.accessToken).toBe(before);
    await vault.eventually(connected.grant.grantId, 'TokenInspected');
  });

  it('moves a connection to the grant of another person who reconnects it, and lets an unused grant go', async () => {
    const connected = await vault.connect(1);
    const { accounts } = vault.platform;
    vault.platform.subject = { id: `other-${connected.grant.grantId}`, name: 'Other' };
    vault.platform.accounts = accounts;
    const sessionId = randomUUID();
    await vault.open(sessionId);
    const [first] = connected.connections;
    const answer = await vault.activate(sessionId, [{ ...first!, activation: 2 }], 'reconnect');
    expect(answer.body.grant.grantId).not.toBe(connected.grant.grantId);
    expect(answer.body.grant.connections).toMatchObject([
      { connectionId: first!.connectionId, activation: 2, moves: 1 },
    ]);
    const gone = await vault.eventually(
      connected.grant.grantId,
      'TokenRevoked',
      ({ grant }) => grant.state === 'destroyed',
    );
    expect(gone).toMatchObject({ result: 'revoked', grant: { connections: [] } });
    expect((await vault.read(first!.connectionId)).status).toBe(200);
  });

  it('refuses an account that was not offered', async () => {
    const sessionId = randomUUID();
    await vault.open(sessionId);
    const chosen = [{ connectionId: randomUUID(), accountId: 'nobody-s', activation: 1 }];
    expect(await vault.activate(sessionId, chosen)).toMatchObject({
      status: 422,
      body: { code: 'account_not_offered' },
    });
  });

  it.each([
    ['platform_unavailable', 503, transient],
    ['platform_misconfigured', 503, () => new PlatformFailure({ class: 'misconfigured', detail: 'bad client secret' })],
    ['permissions_declined', 403, () => new PlatformFailure({ class: 'permission_missing' })],
  ])('tells %s when the platform fails, and keeps nothing', async (code, status, failure) => {
    vault.platform.faults.establish = () => {
      throw failure();
    };
    const sessionId = randomUUID();
    expect(await vault.open(sessionId)).toMatchObject({ status, body: { code } });
    expect(await vault.one('select 1 from vault.grants where session_id = $1', [sessionId])).toBeUndefined();
  });

  it('C53 throws a pending grant away: revoked and destroyed, unless another grant of that person lives', async () => {
    const sessionId = randomUUID();
    await vault.open(sessionId);
    const path = `/internal/pending-grants/${sessionId}?workspaceId=${vault.workspaceId}`;
    expect((await vault.internal('DELETE', path)).status).toBe(204);
    expect(vault.platform.revoked).toHaveLength(1);
    const left = await vault.one('select state, wrapped_key from vault.grants where session_id = $1', [sessionId]);
    expect(left).toEqual({ state: 'destroyed', wrapped_key: null });
    expect((await vault.internal('DELETE', path)).status).toBe(204);
    await vault.connect(1);
    const second = randomUUID();
    await vault.open(second);
    await vault.internal('DELETE', `/internal/pending-grants/${second}?workspaceId=${vault.workspaceId}`);
    expect(vault.platform.revoked).toHaveLength(1);
  });

  it('C90 writes no token into any log line', () => {
    expect(vault.logs.text()).not.toContain(CANARY);
    expect(vault.logs.text()).not.toContain('code-exchange-token');
  });
});
