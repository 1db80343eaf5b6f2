import { randomUUID } from 'node:crypto';
import { Secret } from '@mooring/contracts';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import {
  createDataSource,
  inWorkspaces,
  leasesTableSql,
  Leases,
  lookupFunctionSql,
  migrate,
  provision,
  rows,
  schemaIsCurrent,
} from './index.ts';
import { afterCommit, businessClockOffsetMs, shareBusinessClock, tenantTableSql, workerPolicySql } from './index.ts';
import { provisionTestService, type RunningPostgres, startTestPostgres, type TestService } from './testing.ts';

class Notes1700000000000 implements MigrationInterface {
  readonly name = 'Notes1700000000000';
  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      `create table demo.notes (id uuid primary key, workspace_id text not null, words text not null)`,
      ...tenantTableSql('demo', 'notes'),
      ...workerPolicySql('demo', 'notes'),
      ...lookupFunctionSql({
        schema: 'demo',
        name: 'workspace_of_note',
        table: 'notes',
        by: { column: 'id', type: 'uuid' },
      }),
      ...leasesTableSql('demo'),
    ];
    for (const statement of statements) await runner.query(statement);
  }
  async down(): Promise<void> {}
}

describe('persistence on a real PostgreSQL', () => {
  let postgres: RunningPostgres;
  let service: TestService;
  let runtime: DataSource;
  let worker: DataSource;
  const noteOfA = randomUUID();

  const connect = (url: string): Promise<DataSource> =>
    createDataSource({ url: new Secret(url), schema: 'demo', applicationName: 'test', poolMax: 4 }).initialize();

  beforeAll(async () => {
    postgres = await startTestPostgres();
    service = await provisionTestService(postgres, 'demo', [Notes1700000000000]);
    runtime = await connect(service.url);
    worker = await connect(service.workerUrl);
    await inWorkspaces(runtime, 'a', (m) => m.query(`insert into notes values ($1, 'a', 'of a')`, [noteOfA]));
    await inWorkspaces(runtime, 'b', (m) => m.query(`insert into notes values ($1, 'b', 'of b')`, [randomUUID()]));
  }, 60_000);

  afterAll(async () => {
    await runtime?.destroy();
    await worker?.destroy();
    await postgres?.stop();
  });

  const seenBy = (manager: Parameters<typeof rows>[0]): Promise<{ words: string }[]> =>
    rows(manager, 'select words from notes order by words');

  it('keeps the role that owns the tables from whoever knows the password of the process', async () => {
    const [password, ddlPassword] = [new Secret('of-the-process'), new Secret('of-the-migration')];
    const services = [{ name: 'apart', password, ddlPassword }];
    await provision({ adminUrl: new Secret(postgres.adminUrl), services });
    const urlOf = (username: string, secret: Secret): string =>
      Object.assign(new URL(postgres.adminUrl), { username, password: secret.reveal() }).href;
    await expect(connect(urlOf('mooring_apart_ddl', password))).rejects.toThrow('password authentication failed');
    for (const url of [urlOf('mooring_apart_ddl', ddlPassword), urlOf('mooring_apart', password)]) {
      await (await connect(url)).destroy();
    }
  });

  it('shows a tenant transaction its own workspaces and nothing else', async () => {
    expect(await inWorkspaces(runtime, 'a', seenBy)).toEqual([{ words: 'of a' }]);
    expect(await inWorkspaces(runtime, ['a', 'b'], seenBy)).toHaveLength(2);
  });

  it('shows nothing outside a tenant transaction, also on a connection that served one', async () => {
    for (let i = 0; i < 8; i += 1) await inWorkspaces(runtime, 'a', seenBy);
    expect(await seenBy(runtime.manager)).toEqual([]);
  });

  it('refuses to write into another workspace', async () => {
    const foreign = inWorkspaces(runtime, 'a', (m) =>
      m.query(`insert into notes values ($1, 'b', 'x')`, [randomUUID()]),
    );
    await expect(foreign).rejects.toThrow(/row-level security/);
  });

  it('lets the worker role see every workspace, and the owner none', async () => {
    expect(await seenBy(worker.manager)).toHaveLength(2);
    const owner = await connect(service.ddlUrl);
    expect(await seenBy(owner.manager)).toEqual([]);
    await owner.destroy();
  });

  it('answers the workspace of an opaque id and nothing else', async () => {
    expect(await rows(runtime.manager, 'select workspace_of_note($1) as id', [noteOfA])).toEqual([{ id: 'a' }]);
    expect(await rows(runtime.manager, 'select workspace_of_note($1) as id', [randomUUID()])).toEqual([]);
  });

  it('runs every migration once, also with two runners at once, and the runtime role can change no table', async () => {
    const again = { url: new Secret(service.ddlUrl), schema: 'demo', migrations: [Notes1700000000000] };
    expect(await Promise.all([migrate(again), migrate(again)])).toEqual([[], []]);
    expect(await schemaIsCurrent(runtime, [Notes1700000000000])).toBe(true);
    await expect(runtime.query('alter table notes add column x int')).rejects.toThrow(/must be owner/);
  });

  it('tells of a change once it is committed, and never of one that was rolled back', async () => {
    const told: string[] = [];
    await runtime.transaction(async (manager) => {
      afterCommit(manager, () => told.push('outer'));
      await manager.transaction(async (inner) => {
        await inner.query('select 1');
        afterCommit(inner, () => told.push('inner'));
      });
      expect(told).toEqual([]);
    });
    expect(told).toEqual(['outer', 'inner']);
    const rolledBack = runtime.transaction(async (manager) => {
      await manager.query('select 1');
      afterCommit(manager, () => told.push('rolled back'));
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    expect(told).toHaveLength(2);
    expect(() => afterCommit(runtime.manager, () => undefined)).toThrow(/no transaction/);
  });

  it('keeps the clock of SQL and of a process one', async () => {
    let offsetMs = -1;
    const listeners: ((ms: number) => Promise<void>)[] = [];
    const control = {
      loadFrom: async (load: () => Promise<number>) => void (offsetMs = await load()),
      onMove: (listener: (ms: number) => Promise<void>) => void listeners.push(listener),
    };
    await shareBusinessClock(runtime, control);
    expect(offsetMs).toBe(0);
    for (const listener of listeners) await listener(86_400_000);
    expect(await businessClockOffsetMs(worker)).toBe(86_400_000);
    for (const listener of listeners) await listener(0);
  });

  it('C22 gives a lease to one holder, takes it back only from that holder, and raises the fence', async () => {
    const [mine, theirs] = [new Leases(runtime, randomUUID()), new Leases(runtime, randomUUID())];
    const first = await mine.acquire('grant:1', 60_000);
    expect(first).toMatchObject({ fence: 1 });
    expect(await theirs.acquire('grant:1', 60_000)).toBeNull();
    expect(await theirs.release({ ...first!, owner: randomUUID() })).toBe(false);
    expect(await mine.release(first!)).toBe(true);
    expect(await theirs.acquire('grant:1', 60_000)).toMatchObject({ fence: 2 });
  });
});
