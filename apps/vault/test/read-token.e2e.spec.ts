import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { days } from '@mooring/contracts';
import { inWorkspaces, rows } from '@mooring/persistence';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { ReadAuditRetention } from '../src/tokens/read-audit-retention.ts';
import { CANARY } from './test-adapter.ts';
import { VaultFixture } from './vault-fixture.ts';

const vault = new VaultFixture();
const original = Client.prototype.query;
beforeAll(() => vault.start(), 60_000);
afterAll(() => vault.stop());
beforeEach(() => vault.platform.reset());

const body = (connectionId: string) => ({ workspaceId: vault.workspaceId, connectionId });

describe('reading a token', () => {
  it('is for services with the scope, the audience and the port for it', async () => {
    const { connections } = await vault.connect(1);
    const ask = (token: string, port: 'tokens' | 'internal' | 'callbacks' = 'tokens') =>
      vault.call<{ code: string }>(port, 'POST', '/v1/tokens', { body: body(connections[0]!.connectionId), token });
    const audience = 'urn:mooring:vault';
    const { issuer } = vault;
    expect(await ask(await issuer.service('publisher', { audience: 'urn:mooring:api' }))).toMatchObject({
      status: 401,
    });
    expect(await ask(await issuer.service('gateway', { audience }))).toMatchObject({ body: { code: 'scope_missing' } });
    expect(await ask(await issuer.person('anna', { audience: 'urn:mooring:api' }))).toMatchObject({ status: 403 });
    const publisher = await issuer.service('publisher', { audience });
    expect(await ask(publisher)).toMatchObject({ status: 200 });
    for (const port of ['internal', 'callbacks'] as const) {
      expect(await ask(publisher, port)).toMatchObject({ status: 404 });
    }
    const wrongPort = await vault.call('internal', 'POST', '/internal/releases', { body: {}, token: publisher });
    expect(wrongPort.status).toBe(403);
  });

  it.each([
    ['no connection', { workspaceId: 'acme' }, '/connectionId'],
    ['a connection that is no UUID', { workspaceId: 'acme', connectionId: 'page-1' }, '/connectionId'],
    ['a workspace that is no id', { workspaceId: 'a b', connectionId: randomUUID() }, '/workspaceId'],
    ['a list for a workspace', { workspaceId: ['acme'], connectionId: randomUUID() }, '/workspaceId'],
    ['more than it asks for', { workspaceId: 'acme', connectionId: randomUUID(), reader: 'me' }, '/reader'],
  ])('refuses a body with %s, and names the member', async (_, given, pointer) => {
    const token = await vault.issuer.service('publisher', { audience: 'urn:mooring:vault' });
    const answer = await vault.call('tokens', 'POST', '/v1/tokens', { body: given, token });
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_request', errors: [{ pointer }] } });
  });

  it('carries the headers for browsers on the port that a browser can reach, and is never to be stored', async () => {
    const headers = async (port: 'tokens' | 'callbacks') =>
      (await fetch(`http://127.0.0.1:${vault.service.ports[port]}/v1/tokens`, { method: 'POST' })).headers;
    const [tokens, callbacks] = [await headers('tokens'), await headers('callbacks')];
    expect(tokens.get('x-content-type-options')).toBe('nosniff');
    expect(tokens.get('cache-control')).toBe('no-store');
    expect(tokens.get('content-security-policy')).toBeNull();
    expect(callbacks.get('content-security-policy')).toContain('default-src');
  });

  it('tells a stranger’s workspace nothing', async () => {
    const { connections } = await vault.connect(1);
    expect((await vault.read(connections[0]!.connectionId, 'other')).status).toBe(404);
    expect((await vault.read(randomUUID())).status).toBe(404);
    const limited = await vault.startAnother({
      SERVICE_SCOPES: JSON.stringify({ publisher: { scopes: ['tokens:read'], workspaces: ['other'] } }),
    });
    const token = await vault.issuer.service('publisher', { audience: 'urn:mooring:vault' });
    const answer = await fetch(`http://127.0.0.1:${limited.ports['tokens']}/v1/tokens`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body(connections[0]!.connectionId)),
    });
    expect(answer.status).toBe(404);
    await limited.stop();
  });

  it('is audited, by whom and of which connection, also where it is refused', async () => {
    const { connections } = await vault.connect(1);
    const { connectionId } = connections[0]!;
    await vault.read(connectionId);
    await vault.read(connectionId, 'other');
    const { rows: audit } = await vault.admin.query(
      'select workspace_id, reader from vault.token_reads where connection_id = $1 order by id',
      [connectionId],
    );
    const reader = `${vault.issuer.issuer}#publisher`;
    expect(audit).toEqual([
      { workspace_id: 'acme', reader },
      { workspace_id: 'other', reader },
    ]);
  });

  it('keeps the audit for its time, and then deletes it', async () => {
    const { connections } = await vault.connect(1);
    await vault.read(connections[0]!.connectionId);
    await vault.admin.query(`update vault.token_reads set read_at = now() - interval '91 days'`);
    await vault.read(connections[0]!.connectionId);
    expect(await vault.service.app.get(ReadAuditRetention).run()).toBeGreaterThan(0);
    expect(await vault.one('select count(*)::int as n from vault.token_reads')).toEqual({ n: 1 });
  });

  it('C27 C69 goes on while the deadline nears, and ends with it', async () => {
    const { grant, connections } = await vault.connect(1);
    const { connectionId } = connections[0]!;
    const deadline = new Date(vault.clock.now().getTime() + days(6));
    await vault.admin.query('update vault.grant_connections set data_access_expires_at = $2 where connection_id = $1', [
      connectionId,
      deadline,
    ]);
    expect((await vault.read(connectionId)).status).toBe(200);
    vault.clock.advance(days(6));
    expect(await vault.read(connectionId)).toMatchObject({
      status: 409,
      body: { connectionStatus: 'needs_reconnect', reason: 'data_access_expired', connectionAction: 'reconnect' },
    });
    expect(grant.grantId).toBeDefined();
  });

  it('opens nothing in another place: a blob moved to another connection is refused and told to the operator', async () => {
    const { connections } = await vault.connect(2);
    const [first, second] = connections.map(({ connectionId }) => connectionId);
    await vault.admin.query(
      `update vault.sealed_tokens set blob = (select blob from vault.sealed_tokens where owner = $1) where owner = $2`,
      [first, second],
    );
    expect(await vault.read(second!)).toMatchObject({ status: 409, body: { reason: 'key_unavailable' } });
    expect((await vault.read(first!)).status).toBe(200);
    expect(vault.logs.lines().some((line) => line['kind'] === 'stored_token_unreadable')).toBe(true);
    expect(vault.logs.text()).not.toContain(CANARY);
  });

  it('is done with one SQL statement, audit included', async () => {
    const { connections } = await vault.connect(1);
    const { connectionId } = connections[0]!;
    await vault.read(connectionId);
    const statements: string[] = [];
    const counted = function (this: Client, ...given: unknown[]): unknown {
      const [first] = given as [string | { text: string }];
      statements.push(typeof first === 'string' ? first : first.text);
      return Reflect.apply(original, this, given);
    };
    const query = jest.spyOn(Client.prototype, 'query').mockImplementation(counted);
    const answer = await vault.read(connectionId);
    query.mockRestore();
    expect(answer.status).toBe(200);
    // The pools and the relay look for work meanwhile.
    const others =
      /outbox|bus\.|update attempts|update releases|^(BEGIN|START|COMMIT|ROLLBACK|select set_config|LISTEN)/i;
    expect(statements.filter((text) => !others.test(text))).toEqual([expect.stringContaining('vault.read_tokens(')]);
  });

  it('shows rows of a workspace to that workspace alone, and sealed tokens to no poller', async () => {
    await vault.connect(1);
    const runtime = vault.service.app.get(DataSource);
    for (const table of ['grants', 'grant_connections', 'sealed_tokens', 'attempts', 'releases', 'token_reads']) {
      expect(await rows(runtime.manager, `select 1 from ${table}`)).toEqual([]);
      expect(
        await inWorkspaces(runtime, 'other', (manager) => rows(manager, `select 1 from ${table} limit 1`)),
      ).toEqual(table === 'token_reads' ? expect.anything() : []);
    }
    const { WorkerDatabase } = await import('../src/database.ts');
    const worker = vault.service.app.get(WorkerDatabase).dataSource;
    expect(await rows(worker.manager, 'select 1 from sealed_tokens')).toEqual([]);
  });
});
