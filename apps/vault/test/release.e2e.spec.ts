import { randomUUID } from 'node:crypto';
import { newEvent } from '@mooring/contracts';
import { RecordRelease } from '../src/release/record-release.ts';
import { transient } from './test-adapter.ts';
import { type Connected, gate, VaultFixture } from './vault-fixture.ts';

const vault = new VaultFixture();
beforeAll(() => vault.start(), 60_000);
afterAll(() => vault.stop());
beforeEach(() => {
  vault.platform.reset();
  vault.workspaceId = 'acme';
});

const stateOf = (connected: Connected) =>
  vault.one('select state, wrapped_key from vault.grants where id = $1', [connected.grant.grantId]);
const tokensOf = (connected: Connected) =>
  vault.one<{ n: number }>('select count(*)::int as n from vault.sealed_tokens where grant_id = $1', [
    connected.grant.grantId,
  ]);

describe('letting go', () => {
  it('answers the command and the quick try alike, where they carry one release id and wait for each other', async () => {
    const connected = await vault.connect(2);
    await vault.admin.query('begin');
    await vault.admin.query('select 1 from vault.grants where id = $1 for update', [connected.grant.grantId]);
    const releaseId = randomUUID();
    const answers = [1, 2].map(() => vault.release(connected, 0, { releaseId }));
    const waiting = 'select count(*)::int as calls from pg_locks where not granted';
    while ((await vault.one<{ calls: number }>(waiting))!.calls < answers.length);
    await vault.admin.query('commit');
    for (const answer of answers) expect(await answer).toEqual({ status: 200, body: { result: 'kept_for_siblings' } });
  });

  it('L-20 C78 keeps the consent for siblings, deletes the token and refuses reads at once', async () => {
    const connected = await vault.connect(2);
    expect(await vault.release(connected, 0)).toMatchObject({ status: 200, body: { result: 'kept_for_siblings' } });
    expect(vault.platform.revoked).toEqual([]);
    expect(await vault.read(connected.connections[0]!.connectionId)).toMatchObject({
      status: 409,
      body: { code: 'connection_not_usable', connectionStatus: 'disconnected', reason: null },
    });
    expect((await vault.read(connected.connections[1]!.connectionId)).status).toBe(200);
    const gone = await vault.one('select 1 from vault.sealed_tokens where owner = $1', [
      connected.connections[0]!.connectionId,
    ]);
    expect(gone).toBeUndefined();
    expect(await vault.eventually(connected.grant.grantId, 'TokenRevoked')).toMatchObject({
      result: 'kept_for_siblings',
      grant: { state: 'active' },
    });
  });

  it('C77 revokes with the person’s token when the last one goes, and destroys the key', async () => {
    const connected = await vault.connect(1);
    expect((await vault.release(connected, 0)).body).toEqual({ result: 'revoked' });
    expect(vault.platform.revoked).toMatchObject([{ token: expect.stringContaining('-user-') }]);
    expect(await stateOf(connected)).toEqual({ state: 'destroyed', wrapped_key: null });
    expect(await tokensOf(connected)).toEqual({ n: 0 });
    const told = await vault.events(connected.grant.grantId);
    expect(told.map(({ data }) => 'result' in data && data.result)).toEqual([false, 'pending', 'revoked']);
  });

  it('answers a repeated release with the same result, and the command on the bus changes nothing', async () => {
    const connected = await vault.connect(1);
    const releaseId = randomUUID();
    await vault.release(connected, 0, { releaseId });
    expect((await vault.release(connected, 0, { releaseId })).body).toEqual({ result: 'revoked' });
    const { connectionId, activation } = connected.connections[0]!;
    const { grantId } = connected.grant;
    const about = { service: 'gateway', subject: connectionId, key: grantId, workspaceId: 'acme' } as const;
    const data = { grantId, connectionId, activation, releaseId };
    const command = newEvent({ ...about, type: 'ReleaseRequested', time: new Date(), data });
    await vault.service.app.get(RecordRelease).run(command);
    expect(vault.platform.revoked).toHaveLength(1);
  });

  it('does what a command on the bus asks for, through the pool', async () => {
    const connected = await vault.connect(1);
    const { connectionId, activation } = connected.connections[0]!;
    const { grantId } = connected.grant;
    const about = { service: 'gateway', subject: connectionId, key: grantId, workspaceId: 'acme' } as const;
    const data = { grantId, connectionId, activation, releaseId: randomUUID() };
    const command = newEvent({ ...about, type: 'ReleaseRequested', time: new Date(), data });
    await vault.service.app.get(RecordRelease).run(command);
    expect((await vault.read(connectionId)).status).toBe(409);
    await vault.eventually(grantId, 'TokenRevoked', ({ result }) => result === 'revoked');
  });

  it('lets a late command change nothing after a reconnect', async () => {
    const connected = await vault.connect(1);
    const sessionId = randomUUID();
    await vault.open(sessionId);
    await vault.activate(sessionId, [{ ...connected.connections[0]!, activation: 2 }], 'reconnect');
    expect((await vault.release(connected, 0, { activation: 1 })).body).toEqual({ result: 'superseded' });
    expect((await vault.read(connected.connections[0]!.connectionId)).status).toBe(200);
  });

  it('lets a late activation change nothing after a release', async () => {
    const connected = await vault.connect(2);
    const sessionId = randomUUID();
    await vault.open(sessionId);
    await vault.release(connected, 0, { activation: 2 });
    const late = await vault.activate(sessionId, [{ ...connected.connections[0]!, activation: 2 }], 'reconnect');
    expect(late).toMatchObject({ status: 409, body: { code: 'superseded' } });
  });

  it('L-20 restores the same connection later, on a new grant', async () => {
    const connected = await vault.connect(1);
    await vault.release(connected, 0);
    const sessionId = randomUUID();
    await vault.open(sessionId);
    const { body } = await vault.activate(sessionId, [{ ...connected.connections[0]!, activation: 2 }]);
    expect(body.grant.grantId).not.toBe(connected.grant.grantId);
    expect((await vault.read(connected.connections[0]!.connectionId)).status).toBe(200);
  });

  it('counts the person’s grants over all workspaces, and pending ones as living', async () => {
    const here = await vault.connect(1);
    vault.workspaceId = 'other';
    const there = await vault.connect(1);
    vault.workspaceId = 'acme';
    expect((await vault.release(here, 0)).body).toEqual({ result: 'kept_for_siblings' });
    expect(await stateOf(here)).toEqual({ state: 'destroyed', wrapped_key: null });
    const pending = randomUUID();
    await vault.open(pending);
    vault.workspaceId = 'other';
    expect((await vault.release(there, 0)).body).toEqual({ result: 'kept_for_siblings' });
    expect(vault.platform.revoked).toEqual([]);
    vault.workspaceId = 'acme';
    await vault.internal('DELETE', `/internal/pending-grants/${pending}?workspaceId=acme`);
    expect(vault.platform.revoked).toHaveLength(1);
  });

  it('revokes once when the last two go at the same time in two workspaces', async () => {
    const here = await vault.connect(1);
    vault.workspaceId = 'other';
    const there = await vault.connect(1);
    const both = vault.release(there, 0);
    vault.workspaceId = 'acme';
    const results = (await Promise.all([both, vault.release(here, 0)])).map(({ body }) => body.result);
    expect(results).toContain('revoked');
    expect(vault.platform.revoked.length).toBeGreaterThanOrEqual(1);
  });

  it('says pending while the platform gives no answer, and destroys the key when the time is over', async () => {
    const connected = await vault.connect(1);
    vault.platform.faults.revoke = () => {
      throw transient();
    };
    expect((await vault.release(connected, 0)).body).toEqual({ result: 'pending' });
    expect(await stateOf(connected)).toMatchObject({ state: 'revoking' });
    expect((await vault.read(connected.connections[0]!.connectionId)).status).toBe(409);
    await vault.admin.query(
      'update vault.releases set give_up_at = clock_timestamp(), not_before = clock_timestamp() where grant_id = $1',
      [connected.grant.grantId],
    );
    await vault.eventually(connected.grant.grantId, 'TokenRevoked', ({ result }) => result === 'failed');
    expect(await stateOf(connected)).toEqual({ state: 'destroyed', wrapped_key: null });
    expect(vault.logs.lines().some((line) => line['kind'] === 'revocation_failed')).toBe(true);
  });

  it('C23 lets a renewal in flight finish first and revokes its result', async () => {
    const connected = await vault.connect(1);
    const { reach, open, reached } = gate();
    vault.platform.faults.refresh = reach;
    const refreshing = vault.refresh(connected.grant).catch((error: Error) => error.message);
    await reached;
    expect((await vault.release(connected, 0)).body).toEqual({ result: 'pending' });
    open();
    // Nobody is told of a renewal of what was let go.
    expect(await refreshing).toBe('0 answers to one attempt');
    await vault.eventually(connected.grant.grantId, 'TokenRevoked', ({ result }) => result === 'revoked');
    const newest = vault.platform.issue('user').value.reveal();
    const serial = (token: string | undefined): number => Number(token?.split('-').at(-1));
    expect(serial(vault.platform.revoked[0]?.token)).toBe(serial(newest) - 1);
  });

  it('C23 takes back at the platform what arrives after the key is gone', async () => {
    const connected = await vault.connect(1);
    const { reach, open, reached } = gate();
    vault.platform.faults.refresh = reach;
    const refreshing = vault.refresh(connected.grant).catch(() => undefined);
    await reached;
    // The lease of a process that hangs lapses.
    await vault.admin.query(`update vault.leases set expires_at = '-infinity'`);
    await vault.release(connected, 0);
    expect(vault.platform.revoked).toHaveLength(1);
    open();
    await refreshing;
    expect(vault.platform.revoked).toHaveLength(2);
    expect(await tokensOf(connected)).toEqual({ n: 0 });
  });

  it('answers a release of something that never was with superseded', async () => {
    const connected = await vault.connect(1);
    const unknown = { ...connected, connections: [{ connectionId: randomUUID(), accountId: 'x', activation: 1 }] };
    expect((await vault.release(unknown, 0)).body).toEqual({ result: 'superseded' });
  });
});
