import { Secret } from '@mooring/contracts';
import { Outbox } from '@mooring/messaging';
import { createDataSource } from '@mooring/persistence';
import { provisionTestService, startTestPostgres } from '@mooring/persistence/testing';
import type { DataSource } from 'typeorm';
import { MIGRATIONS } from '../src/migrations/index.ts';
import { PostgresDueGrants } from '../src/schedule/postgres-due-grants.ts';

/** One measured figure beside what it is compared with. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number;
  readonly ratio: number;
  readonly goal: string;
  readonly holds: boolean;
}

const SMALL_ROWS = 10_000;
const LARGE_ROWS = 1_000_000;
const BATCH = 200;
/** Grants claimed per measurement; as many are due in the small table as in the large one. */
const DUE_ROWS = 5_000;
const SLOWER_MAX = 1.5;
const LEASES = { claimMs: 600_000, answerMs: 600_000, answerLongestMs: 600_000 };

/** Claims per second among ten thousand and among a million schedule rows, in the same run on the same server. */
export async function run(): Promise<{ name: string; figures: Figure[] }> {
  const postgres = await startTestPostgres();
  try {
    const urls = await provisionTestService(postgres, 'scheduler', MIGRATIONS);
    const url = new Secret(urls.workerUrl);
    const settings = { url, schema: 'scheduler', applicationName: 'bench', poolMax: 2, statementTimeoutMs: 300_000 };
    const worker = await createDataSource(settings).initialize();
    const owner = await createDataSource({ ...settings, url: new Secret(urls.ddlUrl) }).initialize();
    // Measured once for nothing: the first claims of a process pay for its warming up.
    await measure(worker, owner, SMALL_ROWS);
    const baseline = await measure(worker, owner, SMALL_ROWS);
    const value = await measure(worker, owner, LARGE_ROWS);
    await worker.destroy();
    await owner.destroy();
    const ratio = baseline / value;
    const what = `claims among ${LARGE_ROWS} schedule rows (baseline: among ${SMALL_ROWS})`;
    const goal = `at most ${SLOWER_MAX} × slower`;
    const figure = { what, value, unit: 'claims/s', baseline, ratio, goal, holds: ratio <= SLOWER_MAX };
    return { name: 'claim', figures: [figure] };
  } finally {
    await postgres.stop();
  }
}

async function measure(worker: DataSource, owner: DataSource, rowCount: number): Promise<number> {
  await fill(worker, owner, rowCount);
  await owner.query('analyze scheduler.grant_schedules');
  await worker.query('select count(*) from grant_schedules');
  const due = new PostgresDueGrants(worker, new Outbox('scheduler'), LEASES);
  // The first round finds cold plans and pages; it belongs to no figure.
  await due.claimDue(BATCH);
  let claimed = 0;
  const startedMs = performance.now();
  for (let batch = await due.claimDue(BATCH); batch.length > 0; batch = await due.claimDue(BATCH))
    claimed += batch.length;
  return Math.round((claimed / (performance.now() - startedMs)) * 1_000);
}

/** Rows as they are in production: due times spread over the days to come, some due now, anywhere in the table. */
async function fill(worker: DataSource, owner: DataSource, rowCount: number): Promise<void> {
  await owner.query('truncate scheduler.grant_schedules');
  await worker.query(
    `insert into grant_schedules (grant_id, workspace_id, version, generation, next_refresh_at, next_inspection_at)
     select gen_random_uuid(), 'workspace-' || n % 5000, 1, 1, now() + random() * interval '50 days' + interval '1 day',
       case when n % $2 = 0 then now() - random() * interval '1 hour'
            else now() + interval '1 hour' + random() * interval '1 day' end
     from generate_series(1, $1::int) as n`,
    [rowCount, Math.floor(rowCount / DUE_ROWS)],
  );
}
