import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { SealedTokenReads } from '../src/tokens/ports.ts';
import { type Connected, VaultFixture } from './vault-fixture.ts';

interface Readable {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly accountId: string;
}

const WORKSPACES = Array.from({ length: 10 }, (_, number) => `workspace-${number}`);
const PAGES = 5;

const vault = new VaultFixture();
const original = Client.prototype.query;
const connected = new Map<string, Connected>();
const readable: Readable[] = [];

beforeAll(async () => {
  await vault.start();
  for (const workspaceId of WORKSPACES) {
    vault.platform.accounts = Array.from({ length: PAGES }, (_, page) => `page-${page}-of-${workspaceId}`);
    vault.workspaceId = workspaceId;
    const made = await vault.connect(PAGES);
    connected.set(workspaceId, made);
    readable.push(...made.connections.map((connection) => ({ ...connection, workspaceId })));
  }
}, 120_000);
afterAll(() => vault.stop());
afterEach(() => jest.restoreAllMocks());

const audited = async (): Promise<number> =>
  (await vault.one<{ n: number }>('select count(*)::int as n from vault.token_reads'))!.n;

/** The values of the statements of token reads from here on. */
function readStatements(): unknown[][] {
  const seen: unknown[][] = [];
  const noted = function (this: Client, ...given: unknown[]): unknown {
    const [statement] = given as [string | { text: string; values: unknown[] }];
    if (typeof statement !== 'string' && statement.text.includes('vault.read_tokens(')) seen.push(statement.values);
    return Reflect.apply(original, this, given);
  };
  jest.spyOn(Client.prototype, 'query').mockImplementation(noted);
  return seen;
}

/** Asked for in one turn of the event loop, so that one statement answers them all. */
function readTogether(pairs: readonly Pick<Readable, 'workspaceId' | 'connectionId'>[], reader = 'issuer#publisher') {
  const reads = vault.service.app.get(SealedTokenReads);
  return Promise.all(pairs.map(({ workspaceId, connectionId }) => reads.read({ workspaceId, connectionId, reader })));
}

describe('token reads that come at once', () => {
  it('answer each its own token, audit each, and take fewer statements than reads', async () => {
    const before = await audited();
    const statements = readStatements();
    const answers = await Promise.all(
      readable.map(({ connectionId, workspaceId }) => vault.read(connectionId, workspaceId)),
    );
    expect(answers.map(({ status }) => status)).toEqual(readable.map(() => 200));
    expect(answers.map(({ body }) => body.accountId)).toEqual(readable.map(({ accountId }) => accountId));
    for (const [place, { body }] of answers.entries()) expect(body.accessToken).toContain(readable[place]!.accountId);
    expect(new Set(answers.map(({ body }) => body.accessToken)).size).toBe(readable.length);
    expect(statements.length).toBeLessThan(readable.length);
    expect(await audited()).toBe(before + readable.length);
    const { rows } = await vault.admin.query<Readable>(
      `select workspace_id as "workspaceId", connection_id as "connectionId" from vault.token_reads order by id desc limit $1`,
      [readable.length],
    );
    const pairs = (given: readonly Readable[]): string[] =>
      given.map(({ workspaceId, connectionId }) => `${workspaceId} ${connectionId}`).sort();
    expect(pairs(rows)).toEqual(pairs(readable));
  });

  it('open no door to a neighbour: a pair that does not belong together is refused in the same statement', async () => {
    const [own, neighbour] = [readable[0]!, readable[PAGES]!];
    const foreign = { workspaceId: own.workspaceId, connectionId: neighbour.connectionId };
    const statements = readStatements();
    const before = await audited();
    const answers = await readTogether([own, foreign, neighbour, { ...own, connectionId: randomUUID() }]);
    expect(statements).toHaveLength(1);
    expect(answers.map((answer) => answer?.accountId ?? null)).toEqual([
      own.accountId,
      null,
      neighbour.accountId,
      null,
    ]);
    expect(await audited()).toBe(before + 4);
    expect((await vault.read(neighbour.connectionId, own.workspaceId)).status).toBe(404);
  });

  it('refuse what was released or cut off while their neighbours are served', async () => {
    const workspaceId = WORKSPACES[9]!;
    vault.workspaceId = workspaceId;
    await vault.release(connected.get(workspaceId)!, 0);
    const [released, cutOff, ...living] = readable.filter((one) => one.workspaceId === workspaceId);
    await vault.admin.query(
      `update vault.grant_connections set cut_off_reason = 'password_changed', cut_off_since = now() where connection_id = $1`,
      [cutOff!.connectionId],
    );
    const statements = readStatements();
    const asked = [released!, cutOff!, ...living, ...readable.slice(0, PAGES)];
    const answers = await Promise.all(asked.map((one) => vault.read(one.connectionId, one.workspaceId)));
    expect(answers.map(({ status }) => status)).toEqual([409, 409, ...asked.slice(2).map(() => 200)]);
    expect(answers[0]!.body).toMatchObject({ connectionStatus: 'disconnected' });
    expect(answers[1]!.body).toMatchObject({ connectionStatus: 'needs_reconnect', reason: 'password_changed' });
    expect(statements.length).toBeLessThan(asked.length);
  });

  it('fail alone: what the database cannot take spoils no neighbour’s read', async () => {
    const [first, second] = [readable[0]!, readable[1]!];
    const reads = vault.service.app.get(SealedTokenReads);
    const read = (one: Readable, reader: string) =>
      reads.read({ workspaceId: one.workspaceId, connectionId: one.connectionId, reader });
    const results = await Promise.allSettled([
      read(first, 'one'),
      read(second, 'no text: \u0000'),
      read(second, 'two'),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('are bounded in one statement, and all answered', async () => {
    const asked = Array.from({ length: 150 }, (_, number) => readable[number % (9 * PAGES)]!);
    const statements = readStatements();
    const answers = await readTogether(asked);
    expect(answers.map((answer) => answer?.accountId)).toEqual(asked.map(({ accountId }) => accountId));
    expect(Math.max(...statements.map(([workspaces]) => (workspaces as string[]).length))).toBe(64);
    expect(statements).toHaveLength(3);
  });

  it('are told that the database is out of reach, and served again when it is back', async () => {
    const [one] = readable;
    const read = () => vault.read(one!.connectionId, one!.workspaceId);
    await vault.admin.query('begin; lock table vault.token_reads in access exclusive mode');
    const lost = read();
    const waits = `from pg_stat_activity where application_name = 'mooring vault token reads' and wait_event_type = 'Lock'`;
    while (!(await vault.one(`select 1 ${waits}`))) await new Promise((resolve) => setImmediate(resolve));
    await vault.admin.query(`select pg_terminate_backend(pid) ${waits}`);
    expect(await lost).toMatchObject({ status: 503, body: { code: 'temporarily_unavailable' } });
    await vault.admin.query('rollback');
    expect((await read()).status).toBe(200);
  });
});
