import { randomUUID } from 'node:crypto';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureTopics } from '@mooring/messaging';
import {
  freePort,
  provisionTestService,
  type RunningPostgres,
  startEmbeddedPostgres,
} from '@mooring/persistence/testing';
import { startTestIssuer, type TestIssuer } from '@mooring/runtime/testing';
import { Client } from 'pg';
import { Pool as HttpPool } from 'undici';
import { MIGRATIONS } from '../src/migrations/index.ts';
import { type Readable, seedConnections } from './seed-connections.ts';
import type { ServicesAnswer, ServicesOrder } from './services.ts';

/** One measured figure beside what it is compared with. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number | null;
  readonly ratio: number | null;
  readonly goal: string;
  readonly holds: boolean;
}

const CONNECTIONS = 10_000;
const IN_FLIGHT = 50;
const BARE_POOL_MAX = 10;
const ROUNDS = 7;
const ROUND_MS = 1_500;
const RATIO_MIN = 0.6;
const STATEMENTS_MAX = 1;
const READ_SINGLY = 500;
const KEY_RING = `k1:${'0123456789abcdef'.repeat(4)}`;

interface Target {
  readonly url: string;
  readonly token: string;
  bodyOf(readable: Readable): string;
}

/** Token reads per second against bare primary-key reads behind the same guard, in turns, on one database. */
export async function run(): Promise<{ name: 'token-read'; figures: Figure[] }> {
  const [postgres, issuer] = [await startPostgres(), await startTestIssuer()];
  const services = fork(join(import.meta.dirname, 'services.js'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  try {
    const order = await prepare(postgres, issuer);
    const readable = await seedConnections(order.environment['DATABASE_URL'] ?? '', KEY_RING, CONNECTIONS);
    await makeRows(postgres, readable);
    services.send(order);
    const [{ vaultUrl, bareUrl }] = (await once(services, 'message')) as [ServicesAnswer];
    const token = await issuer.service('publisher', { audience: 'urn:mooring:vault', expiresInSeconds: 3_600 });
    const bare: Target = { url: bareUrl, token, bodyOf: ({ connectionId }) => JSON.stringify({ id: connectionId }) };
    const vault: Target = { url: vaultUrl, token, bodyOf: (read) => JSON.stringify(read) };
    const figures = [await compare(vault, bare, readable), ...(await countStatements(postgres, vault, readable))];
    return { name: 'token-read', figures };
  } finally {
    const ended = once(services, 'exit');
    services.kill('SIGKILL');
    await ended;
    await issuer.stop();
    await postgres.stop();
  }
}

/** As in production: commits reach the disk. Counts statements. */
async function startPostgres(): Promise<RunningPostgres> {
  const directory = await mkdtemp(join(tmpdir(), 'mooring-bench-'));
  const flags = ['-c', 'shared_preload_libraries=pg_stat_statements', '-c', 'pg_stat_statements.track=top'];
  const port = await freePort();
  const server = await startEmbeddedPostgres({ directory, port, password: randomUUID(), persistent: true, flags });
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
  return { ...server, stop };
}

async function prepare(postgres: RunningPostgres, issuer: TestIssuer): Promise<ServicesOrder> {
  const urls = await provisionTestService(postgres, 'vault', MIGRATIONS);
  const types = ['RefreshRequested', 'InspectRequested', 'ReleaseRequested'] as const;
  await ensureTopics({ busDatabaseUrl: postgres.adminUrl, clientId: 'bench' }, [{ group: 'vault', types: [...types] }]);
  const environment = {
    DATABASE_URL: urls.url,
    WORKER_DATABASE_URL: urls.workerUrl,
    BUS_DATABASE_URL: postgres.adminUrl,
    TRUSTED_ISSUERS: JSON.stringify(issuer.trusted('urn:mooring:vault')),
    SERVICE_SCOPES: JSON.stringify({ publisher: ['tokens:read'] }),
    KEY_ENCRYPTION_KEYS: KEY_RING,
    FACEBOOK_APP_ID: '1',
    FACEBOOK_APP_SECRET: 'bench',
    ...Object.fromEntries(['OPS', 'TOKENS', 'INTERNAL', 'CALLBACKS'].map((port) => [`${port}_PORT`, '0'])),
  };
  return { environment, barePoolMax: BARE_POOL_MAX };
}

/** The bare service's table: as many rows, of about the size of an answer. */
async function makeRows(postgres: RunningPostgres, readable: readonly Readable[]): Promise<void> {
  const client = new Client({ connectionString: postgres.adminUrl });
  await client.connect();
  await client.query('create extension pg_stat_statements');
  await client.query('create table public.bench_rows (id uuid primary key, body text not null)');
  const ids = readable.map(({ connectionId }) => connectionId);
  await client.query(`insert into public.bench_rows select id, repeat('t', 400) from unnest($1::uuid[]) as id`, [ids]);
  await client.query('grant select on public.bench_rows to public');
  await client.query('analyze');
  await client.end();
}

async function compare(vault: Target, bare: Target, readable: readonly Readable[]): Promise<Figure> {
  const [values, baselines]: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const baseline = await measure(bare, readable);
    const value = await measure(vault, readable);
    // The first round warms code, plans and pages up.
    if (round === 0) continue;
    baselines.push(baseline);
    values.push(value);
  }
  const [value, baseline] = [median(values), median(baselines)];
  const ratio = value / baseline;
  const what = `token reads, ${CONNECTIONS} connections, ${IN_FLIGHT} in flight (baseline: bare Nest + pg by primary key)`;
  return { what, value, unit: 'reads/s', baseline, ratio, goal: `at least ${RATIO_MIN}`, holds: ratio >= RATIO_MIN };
}

async function measure(target: Target, readable: readonly Readable[]): Promise<number> {
  const startedMs = performance.now();
  const done = await load(target, readable);
  return (done / (performance.now() - startedMs)) * 1_000;
}

/** Reads at full load for one round; answers how many were answered. */
async function load(target: Target, readable: readonly Readable[]): Promise<number> {
  const { origin, pathname } = new URL(target.url);
  const http = new HttpPool(origin, { connections: IN_FLIGHT, pipelining: 1 });
  const untilMs = performance.now() + ROUND_MS;
  let done = 0;
  const read = async (): Promise<void> => {
    while (performance.now() < untilMs) {
      const one = readable[Math.floor(Math.random() * readable.length)]!;
      await request(http, pathname, target.token, target.bodyOf(one));
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, read));
  await http.close();
  return done;
}

async function request(http: HttpPool, path: string, token: string, body: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await http.request({ path, method: 'POST', headers, body });
  const text = await answer.body.text();
  if (answer.statusCode !== 200)
    throw new Error(`a read was answered with ${answer.statusCode}: ${text.slice(0, 200)}`);
}

/** One by one, where no read shares a statement, and at full load, where they gather. */
async function countStatements(
  postgres: RunningPostgres,
  vault: Target,
  readable: readonly Readable[],
): Promise<Figure[]> {
  const { origin, pathname } = new URL(vault.url);
  const singly = async (): Promise<number> => {
    const http = new HttpPool(origin, { connections: 1, pipelining: 1 });
    const some = readable.slice(0, READ_SINGLY);
    for (const one of some) await request(http, pathname, vault.token, vault.bodyOf(one));
    await http.close();
    return some.length;
  };
  const figure = (what: string, value: number): Figure => {
    const goal = `at most ${STATEMENTS_MAX}`;
    return { what, value, unit: '', baseline: null, ratio: null, goal, holds: value <= STATEMENTS_MAX };
  };
  return [
    figure('SQL statements a read, one at a time, audit included', await statementsPerRead(postgres, singly)),
    figure(
      `SQL statements a read, ${IN_FLIGHT} in flight, audit included`,
      await statementsPerRead(postgres, () => load(vault, readable)),
    ),
  ];
}

/** Counts on the database's side what the vault's role sends, without what its relay and its probes ask by themselves. */
async function statementsPerRead(postgres: RunningPostgres, reads: () => Promise<number>): Promise<number> {
  const client = new Client({ connectionString: postgres.adminUrl });
  await client.connect();
  await client.query('select pg_stat_statements_reset()');
  const done = await reads();
  const { rows } = await client.query<{ calls: string }>(
    `select sum(calls)::text as calls from pg_stat_statements join pg_roles on pg_roles.oid = userid
     where rolname = 'mooring_vault' and toplevel and query !~* 'outbox|^select (\\$1|1)$|^(begin|commit|rollback|set|start|reset|discard)'`,
  );
  await client.end();
  return Number(rows[0]?.calls) / done;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
