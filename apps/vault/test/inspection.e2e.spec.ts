import { randomUUID } from 'node:crypto';
import { type EventData } from '@mooring/contracts';
import { CANARY, passwordChanged, transient } from './test-adapter.ts';
import { VaultFixture } from './vault-fixture.ts';

const vault = new VaultFixture();
beforeAll(() => vault.start(), 60_000);
afterAll(() => vault.stop());
beforeEach(() => vault.platform.reset());

const callback = (body: unknown, signature = 'signed', name = 'deauthorize') =>
  vault.call('callbacks', 'POST', `/webhooks/facebook/${name}`, { body, headers: { 'x-signature': signature } });

describe('inspecting', () => {
  it('L-15 C29 cuts every connection off with the reason, refuses reads, and keeps one episode until all are healed', async () => {
    const connected = await vault.connect(2);
    vault.platform.killAll(passwordChanged());
    const { data } = await vault.inspect(connected.grant);
    expect(data).toMatchObject({ answered: true, failure: null, grant: { cutOff: { reason: 'password_changed' } } });
    expect(data.grant.connections.map(({ cutOff }) => cutOff?.reason)).toEqual([
      'password_changed',
      'password_changed',
    ]);
    const { episodeId } = data.grant;
    expect(episodeId).toMatch(/^[0-9a-f-]{36}$/);
    expect(await vault.read(connected.connections[0]!.connectionId)).toMatchObject({
      status: 409,
      body: {
        code: 'connection_not_usable',
        connectionStatus: 'needs_reconnect',
        reason: 'password_changed',
        connectionAction: 'reconnect',
      },
    });
    expect((await vault.inspect(connected.grant)).data.grant.episodeId).toBe(episodeId);
    vault.platform.dead.clear();
    // The event that heals the last connection still names the episode that it ends.
    const healed = (await vault.inspect(connected.grant)).data.grant;
    expect(healed).toMatchObject({ cutOff: null, episodeId });
    expect((await vault.inspect(connected.grant)).data.grant.episodeId).toBeNull();
  });

  it('L-17 C05 C06 heals a connection by itself when the platform proves it alive', async () => {
    const { grant, connections } = await vault.connect(1);
    vault.platform.killAll(passwordChanged());
    await vault.inspect(grant);
    vault.platform.dead.clear();
    expect((await vault.inspect(grant)).data.grant.connections).toMatchObject([{ cutOff: null }]);
    expect((await vault.read(connections[0]!.connectionId)).status).toBe(200);
  });

  it('asks one by one: a dead Page leaves its sibling, a dead person’s token leaves both with advice', async () => {
    const { grant, connections } = await vault.connect(2);
    const token = (await vault.read(connections[0]!.connectionId)).body.accessToken;
    vault.platform.dead.set(token, passwordChanged());
    const { data } = await vault.inspect(grant);
    const cutOff = data.grant.connections.filter((row) => row.cutOff).map(({ connectionId }) => connectionId);
    expect(cutOff).toEqual([connections[0]!.connectionId]);
    expect(data.grant).toMatchObject({ consentAdvice: false, cutOff: null });
  });

  it('C36 L-27 cuts off where a permission that publishing needs is gone, and names it', async () => {
    const { grant } = await vault.connect(1);
    vault.platform.missingScopes = ['pages_manage_posts'];
    expect((await vault.inspect(grant)).data.grant.connections).toMatchObject([
      { cutOff: { reason: 'permission_removed' }, missingScopes: ['pages_manage_posts'], grantedScopes: [] },
    ]);
  });

  it('C01 C32 changes nothing without an answer, not even the time of the last check', async () => {
    const { grant } = await vault.connect(2);
    // Events list connections by their ids, an activation as they were asked for.
    const before = [...grant.connections].sort((a, b) => (a.connectionId < b.connectionId ? -1 : 1));
    vault.clock.advance(60_000);
    vault.platform.faults.inspect = () => {
      throw transient();
    };
    const { data } = await vault.inspect(grant);
    expect(data).toMatchObject({ answered: false, failure: { class: 'transient' }, grant: { connections: before } });
    // A platform that is away is asked once, not once a Page.
    expect(vault.platform.calls['inspect']).toBe(1);
  });

  it('C21 asks again when the tokens were replaced while it asked', async () => {
    const { grant, connections } = await vault.connect(1);
    vault.platform.killAll(passwordChanged());
    vault.platform.faults.inspect = async () => {
      vault.platform.faults = {};
      const sessionId = randomUUID();
      await vault.open(sessionId);
      await vault.activate(sessionId, [{ ...connections[0]!, activation: 2 }], 'reconnect');
      const dead = vault.platform.dead.get('*');
      vault.platform.faults.inspect = () => {
        if ((vault.platform.calls['inspect'] ?? 0) > 2) vault.platform.dead.clear();
      };
      if (dead) vault.platform.dead.set('*', dead);
    };
    const { data } = await vault.inspect(grant);
    expect(data).toMatchObject({ answered: true, grant: { generation: 2, connections: [{ cutOff: null }] } });
  });
});

describe('call-backs of the platform', () => {
  it('L-14 are recorded once, answered at once, and change nothing but by an inspection of every workspace', async () => {
    const { grant } = await vault.connect(1);
    const notice = { subjectId: vault.platform.subject.id, id: randomUUID() };
    vault.platform.killAll(passwordChanged());
    expect((await callback(notice)).status).toBe(200);
    expect((await callback(notice)).status).toBe(200);
    const inspected = await vault.eventually(grant.grantId, 'TokenInspected');
    expect(inspected).toMatchObject({
      attempt: { trigger: 'callback' },
      grant: { cutOff: { reason: 'password_changed' } },
    });
    const attempts = await vault.one('select count(*)::int as n from vault.attempts where grant_id = $1', [
      grant.grantId,
    ]);
    expect(attempts).toEqual({ n: 1 });
  });

  it('L-14 find the grant by an account’s id too, where the platform may name the person by it and only there', async () => {
    const { grant, connections } = await vault.connect(1);
    const notice = { subjectId: connections[0]!.accountId, mayNameAccount: true };
    const attempts = () =>
      vault.one('select count(*)::int as n from vault.attempts where grant_id = $1', [grant.grantId]);
    await callback({ ...notice, id: randomUUID(), mayNameAccount: false });
    expect(await attempts()).toEqual({ n: 0 });
    await callback({ ...notice, id: randomUUID() });
    expect(await attempts()).toEqual({ n: 1 });
    expect(await vault.eventually(grant.grantId, 'TokenInspected')).toMatchObject({ attempt: { trigger: 'callback' } });
  });

  it('cut nobody off when the inspection proves the token alive', async () => {
    const { grant } = await vault.connect(1);
    await callback({ subjectId: vault.platform.subject.id, id: randomUUID() });
    const inspected: EventData<'TokenInspected'> = await vault.eventually(grant.grantId, 'TokenInspected');
    expect(inspected.grant).toMatchObject({ cutOff: null, episodeId: null });
  });

  it('are refused when the platform did not sign them, and for names that there are not', async () => {
    const notice = { subjectId: 'anybody', id: randomUUID() };
    expect((await callback(notice, 'forged')).status).toBe(403);
    expect((await callback(notice, 'signed', 'anything')).status).toBe(404);
    expect((await vault.call('callbacks', 'POST', '/webhooks/nowhere/deauthorize', { body: {} })).status).toBe(404);
  });

  it('are subscribed only with the agreed word', async () => {
    const ask = (word: string) =>
      vault.call('callbacks', 'GET', `/webhooks/facebook/permissions?challenge=c-12345&word=${word}`);
    expect((await ask('wrong')).status).toBe(403);
    expect(await ask('agreed')).toEqual({ status: 200, body: 'c-12345' });
  });

  it('C90 leave no token in a log', () => {
    expect(vault.logs.text()).not.toContain(CANARY);
  });
});
