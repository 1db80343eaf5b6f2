import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { ensureTopics } from '@mooring/messaging';
import {
  freePort,
  provisionTestService,
  type RunningPostgres,
  startEmbeddedPostgres,
} from '@mooring/persistence/testing';
import { startTestIssuer, type TestIssuer } from '@mooring/runtime/testing';
import { Client } from 'pg';
import { MIGRATIONS } from '../src/migrations/index.ts';
import type { VaultOrder, VaultReport } from './refresh-vault.ts';
import { seedGrants } from './seed-grants.ts';
import { PlayedX, type TokenAnswers } from './played-x.ts';
import type { Figure } from './token-read.bench.ts';

const GRANTS = 10_000;
const LATENCY_MS = 200;
const CAPS = [64, 256];
const RATIO_MIN = 0.7;
/** Each mode renews the grants in so many parts. */
const PARTS = 2;
/** Beyond the cap, renewals that are at the database while others are at the platform. */
const WORK_BESIDE_CALLS = 48;
const HEAP_GROWTH_MAX = 1.25;
const KEY_RING = `k1:${'0123456789abcdef'.repeat(4)}`;
const DEADLINE_MS = 900_000;
const SETTLING_MS = 2_000;

/** What came of renewing grants once. */
interface Pass {
  readonly grants: number;
  readonly seconds: number;
  readonly answers: TokenAnswers;
  /** At the end against a quarter of the way. */
  readonly heapGrowth: number;
}

interface Bench {
  readonly platform: PlayedX;
  readonly admin: Client;
  readonly environment: Readonly<Record<string, string>>;
}

/** 10,000 due grants of single-use tokens through the vault's pipeline: a slow platform against one that answers at once. */
export async function run(): Promise<{ name: 'refresh'; figures: Figure[] }> {
  const [postgres, issuer, platform] = [await startPostgres(), await startTestIssuer(), await PlayedX.start()];
  const admin = new Client({ connectionString: postgres.adminUrl });
  const journal = await mkdtemp(join(tmpdir(), 'mooring-bench-journal-'));
  try {
    await admin.connect();
    const environment = await prepare(postgres, issuer, { platform, journal });
    const bench = { platform, admin, environment };
    const modes = [{ cap: Math.max(...CAPS), latencyMs: 0 }, ...CAPS.map((cap) => ({ cap, latencyMs: LATENCY_MS }))];
    const [atOnce = [], ...slow] = await inTurns(bench, modes);
    const figures = CAPS.flatMap((cap, index) => figuresOf(cap, together(slow[index] ?? []), together(atOnce)));
    return { name: 'refresh', figures };
  } finally {
    await admin.end();
    await platform.stop();
    await issuer.stop();
    await postgres.stop();
    await rm(journal, { recursive: true, force: true });
  }
}

interface Mode {
  readonly cap: number;
  readonly latencyMs: number;
}

/** Every mode renews every grant once, in parts and in turns, so that what else the machine does meets all of them alike. */
async function inTurns(bench: Bench, modes: readonly Mode[]): Promise<Pass[][]> {
  const passes = modes.map((): Pass[] => []);
  for (let part = 0; part < PARTS; part += 1) {
    const order = modes.map((_, index) => (part % 2 === 0 ? index : modes.length - 1 - index));
    for (const index of order) passes[index]?.push(await pass(bench, { ...modes[index]!, part }));
  }
  return passes;
}

function together(passes: readonly Pass[]): Pass {
  const sum = (of: (pass: Pass) => number): number => passes.reduce((total, pass) => total + of(pass), 0);
  const most = (of: (pass: Pass) => number): number => Math.max(...passes.map(of));
  return {
    grants: sum(({ grants }) => grants),
    seconds: sum(({ seconds }) => seconds),
    answers: { renewed: sum(({ answers }) => answers.renewed), refused: sum(({ answers }) => answers.refused) },
    heapGrowth: most(({ heapGrowth }) => heapGrowth),
  };
}

/** As in production: commits reach the disk. */
async function startPostgres(): Promise<RunningPostgres> {
  const directory = await mkdtemp(join(tmpdir(), 'mooring-bench-'));
  const port = await freePort();
  const server = await startEmbeddedPostgres({ directory, port, password: randomUUID(), persistent: true, flags: [] });
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
  return { ...server, stop };
}

async function prepare(
  postgres: RunningPostgres,
  issuer: TestIssuer,
  given: { readonly platform: PlayedX; readonly journal: string },
): Promise<Record<string, string>> {
  const urls = await provisionTestService(postgres, 'vault', MIGRATIONS);
  const types = ['RefreshRequested', 'InspectRequested', 'ReleaseRequested'] as const;
  await ensureTopics({ busDatabaseUrl: postgres.adminUrl, clientId: 'bench' }, [{ group: 'vault', types: [...types] }]);
  const consents = await given.platform.consents(GRANTS);
  await seedGrants(urls.url, KEY_RING, {
    platform: 'x',
    clientId: 'bench-app',
    kind: 'x_account',
    count: GRANTS,
    tokensOf: (serial) => ({
      access: consents[serial]?.accessToken ?? '',
      refresh: consents[serial]?.refreshToken ?? '',
    }),
  });
  return {
    DATABASE_URL: urls.url,
    WORKER_DATABASE_URL: urls.workerUrl,
    BUS_DATABASE_URL: postgres.adminUrl,
    TRUSTED_ISSUERS: JSON.stringify(issuer.trusted('urn:mooring:vault')),
    KEY_ENCRYPTION_KEYS: KEY_RING,
    JOURNAL_DIR: given.journal,
    LOG_LEVEL: 'error',
    ...given.platform.environment,
    // Tried once at the start; the figures are about renewals alone.
    PLATFORM_READINESS_MS: '86400000',
    PLATFORM_PER_SECOND_MAX: '10000',
    PLATFORM_CAUTIOUS_MS: '0',
    PLATFORM_WAIT_MS: '60000',
    // Some ten renewals for each connection: more of them would wait for one longer than the driver lets them.
    DATABASE_POOL_MAX: '32',
    ...Object.fromEntries(['OPS', 'TOKENS', 'INTERNAL', 'CALLBACKS'].map((port) => [`${port}_PORT`, '0'])),
  };
}

/** Renews every grant of a part once, in a vault of its own process. */
async function pass(bench: Bench, { cap, latencyMs, part }: Mode & { readonly part: number }): Promise<Pass> {
  const { platform, admin } = bench;
  await platform.answerIn(latencyMs);
  const vault = fork(join(import.meta.dirname, 'refresh-vault.js'), {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const tell = async (order: VaultOrder): Promise<VaultReport> => {
    vault.send(order);
    const [report] = (await once(vault, 'message')) as [VaultReport];
    return report;
  };
  const heap = async (): Promise<number> => {
    const report = await tell('heap');
    return 'heapBytes' in report ? report.heapBytes : 0;
  };
  const bounds = { PLATFORM_IN_FLIGHT_MAX: String(cap), ATTEMPTS_CONCURRENCY: String(cap + WORK_BESIDE_CALLS) };
  try {
    await tell({ environment: { ...bench.environment, ...bounds } });
    await admin.query('vacuum analyze');
    // The app's own check has come and gone by now, or soon will have.
    await rest(SETTLING_MS);
    await platform.forgetAnswers();
    const { rowCount } = await admin.query(
      `insert into vault.attempts (attempt_id, workspace_id, grant_id, kind, trigger, generation)
       select gen_random_uuid(), workspace_id, id, 'refresh', 'schedule', generation from vault.grants
       where substring(subject_id from '[0-9]+$')::int % $1 = $2`,
      [PARTS, part],
    );
    const grants = rowCount ?? 0;
    const startedMs = performance.now();
    await until(admin, grants / 4);
    const heapEarly = await heap();
    await until(admin, grants);
    const seconds = (performance.now() - startedMs) / 1_000;
    const heapGrowth = (await heap()) / heapEarly;
    await tell('stop');
    return { grants, seconds, answers: await platform.answers(), heapGrowth };
  } finally {
    vault.kill('SIGKILL');
    await admin.query(`delete from vault.attempts`);
  }
}

/** Waits until so many grants have been renewed. Throws where one could not be. */
async function until(admin: Client, count: number): Promise<void> {
  const deadlineMs = performance.now() + DEADLINE_MS;
  for (;;) {
    const { rows } = await admin.query<{ outcome: string; n: number }>(
      `select outcome, count(*)::int as n from vault.attempts where state = 'done' group by outcome`,
    );
    const odd = rows.find(({ outcome }) => outcome !== 'TokenRefreshed');
    if (odd) throw new Error(`${odd.n} renewals ended as ${odd.outcome}`);
    if ((rows[0]?.n ?? 0) >= count) return;
    if (performance.now() > deadlineMs) throw new Error(`only ${rows[0]?.n ?? 0} grants were renewed in time`);
    await rest(100);
  }
}

function figuresOf(cap: number, slow: Pass, atOnce: Pass): Figure[] {
  const bound = (cap / LATENCY_MS) * 1_000;
  const [value, valueAtOnce] = [slow.grants / slow.seconds, atOnce.grants / atOnce.seconds];
  const baseline = Math.min(bound, valueAtOnce);
  const ratio = value / baseline;
  const { renewed, refused } = slow.answers;
  const which = bound < valueAtOnce ? 'cap ÷ latency' : 'the same pipeline, platform answering at once';
  const plain = (what: string, value: number, goal: string, holds: boolean): Figure => ({
    ...{ what: `${what}, cap ${cap}`, value, unit: '', baseline: null, ratio: null, goal, holds },
  });
  return [
    {
      what: `renewals of ${GRANTS} due grants, platform answering in ${LATENCY_MS} ms, cap ${cap} (baseline: ${which})`,
      ...{ value, unit: 'renewals/s', baseline, ratio },
      ...{ goal: `at least ${RATIO_MIN}`, holds: ratio >= RATIO_MIN },
    },
    plain('renewals at the platform for each grant', renewed / GRANTS, 'exactly 1', renewed === GRANTS),
    plain('refusals, as a token gets that is spent twice', refused, 'none', refused === 0),
    plain('renewals/s beyond cap ÷ latency', Math.max(0, value - bound), 'none', value <= bound * 1.02),
    plain(
      'heap at the end against a quarter of the way',
      slow.heapGrowth,
      `at most ${HEAP_GROWTH_MAX}`,
      slow.heapGrowth <= HEAP_GROWTH_MAX,
    ),
  ];
}
