import type { DeadlineKind } from '@mooring/contracts';
import type { Inbox } from '@mooring/messaging';
import { rows, setWorkspaces } from '@mooring/persistence';
import type { DataSource, EntityManager } from 'typeorm';
import type { ConnectionDeadline } from '../deadlines/ports.ts';
import {
  type AttemptKind,
  type GrantEntry,
  GrantLedger,
  type LockedGrant,
  type ScheduledGrant,
  type TokenEvent,
} from './ports.ts';

interface ScheduleRow {
  version: string;
  generation: string;
  next_refresh_at: Date | null;
  next_inspection_at: Date;
  refresh_failures: number;
  inspection_failures: number;
  attempt_id: string | null;
  attempt_kind: AttemptKind | null;
}

/** The ledger in PostgreSQL: inbox row, schedule row and deadlines of one event in one transaction of its workspace. */
export class PostgresGrantLedger extends GrantLedger {
  readonly #dataSource: DataSource;
  readonly #inbox: Inbox;

  constructor(dataSource: DataSource, inbox: Inbox) {
    super();
    this.#dataSource = dataSource;
    this.#inbox = inbox;
  }

  async once(event: TokenEvent, work: (grant: LockedGrant) => Promise<void>): Promise<void> {
    const { grantId, workspaceId } = event.data.grant;
    await this.#inbox.handleOnce(this.#dataSource, event, async (manager) => {
      await setWorkspaces(manager, workspaceId);
      await work(await lockGrant(manager, grantId, workspaceId));
    });
  }
}

async function lockGrant(manager: EntityManager, grantId: string, workspaceId: string): Promise<LockedGrant> {
  // A row that is not there yet can't be locked; the advisory lock orders the first events of a grant.
  await manager.query(`select pg_advisory_xact_lock(hashtextextended('grant ' || $1, 0))`, [grantId]);
  const [clock] = await rows<{ now: Date; released: boolean }>(
    manager,
    `select app.app_now() as now, exists (select from released_grants where grant_id = $1) as released`,
    [grantId],
  );
  const [row] = await rows<ScheduleRow>(
    manager,
    `select version, generation, next_refresh_at, next_inspection_at, refresh_failures, inspection_failures,
            attempt_id, attempt_kind
     from grant_schedules where grant_id = $1 for update`,
    [grantId],
  );
  return {
    now: clock!.now,
    current: clock!.released ? 'released' : row ? scheduledGrant(row) : null,
    save: (entry) => saveGrant(manager, { grantId, workspaceId }, entry),
    endAttempt: () => endAttempt(manager, grantId),
    release: () => releaseGrant(manager, grantId, workspaceId),
    deadlines: () => readDeadlines(manager, grantId),
    saveDeadlines: (deadlines) => writeDeadlines(manager, { grantId, workspaceId }, deadlines),
  };
}

function scheduledGrant(row: ScheduleRow): ScheduledGrant {
  return {
    version: Number(row.version),
    generation: Number(row.generation),
    plan: {
      nextRefreshAt: row.next_refresh_at,
      nextInspectionAt: row.next_inspection_at,
      refreshFailures: row.refresh_failures,
      inspectionFailures: row.inspection_failures,
    },
    attempt: row.attempt_id && row.attempt_kind ? { id: row.attempt_id, kind: row.attempt_kind } : null,
  };
}

interface GrantKey {
  readonly grantId: string;
  readonly workspaceId: string;
}

const NO_ATTEMPT = `attempt_id = null, attempt_kind = null, claim_owner = null, lease_until = null, sent_count = 0`;

async function saveGrant(manager: EntityManager, key: GrantKey, entry: GrantEntry): Promise<void> {
  const { plan } = entry;
  await manager.query(
    `insert into grant_schedules
       (grant_id, workspace_id, version, generation, next_refresh_at, next_inspection_at, refresh_failures, inspection_failures)
     values ($1, $2, $3, $4, $5, $6, least($7, 32767), least($8, 32767))
     on conflict (grant_id) do update set version = excluded.version, generation = excluded.generation,
       next_refresh_at = excluded.next_refresh_at, next_inspection_at = excluded.next_inspection_at,
       refresh_failures = excluded.refresh_failures, inspection_failures = excluded.inspection_failures
       ${entry.keepsAttempt ? '' : `, ${NO_ATTEMPT}`}`,
    [
      key.grantId,
      key.workspaceId,
      entry.version,
      entry.generation,
      plan.nextRefreshAt,
      plan.nextInspectionAt,
      plan.refreshFailures,
      plan.inspectionFailures,
    ],
  );
}

async function endAttempt(manager: EntityManager, grantId: string): Promise<void> {
  await manager.query(`update grant_schedules set ${NO_ATTEMPT} where grant_id = $1`, [grantId]);
}

async function releaseGrant(manager: EntityManager, grantId: string, workspaceId: string): Promise<void> {
  await manager.query(
    `insert into released_grants (grant_id, workspace_id) values ($1, $2) on conflict (grant_id) do nothing`,
    [grantId, workspaceId],
  );
  await manager.query(`delete from grant_schedules where grant_id = $1`, [grantId]);
  await manager.query(`delete from deadlines where grant_id = $1`, [grantId]);
}

async function readDeadlines(manager: EntityManager, grantId: string): Promise<ConnectionDeadline[]> {
  const found = await rows<{
    connection_id: string;
    at: Date;
    kind: DeadlineKind;
    reminded_days: number | null;
    reached: boolean;
    next_at: Date | null;
  }>(
    manager,
    `select connection_id, at, kind, reminded_days, reached, next_at from deadlines
     where grant_id = $1 order by connection_id for update`,
    [grantId],
  );
  return found.map((row) => ({
    connectionId: row.connection_id,
    at: row.at,
    kind: row.kind,
    remindedDays: row.reminded_days,
    reached: row.reached,
    nextAt: row.next_at,
  }));
}

async function writeDeadlines(
  manager: EntityManager,
  key: GrantKey,
  deadlines: readonly ConnectionDeadline[],
): Promise<void> {
  await manager.query(`delete from deadlines where grant_id = $1 and connection_id <> all ($2::uuid[])`, [
    key.grantId,
    deadlines.map((deadline) => deadline.connectionId),
  ]);
  for (const deadline of deadlines) {
    await manager.query(
      `insert into deadlines (grant_id, connection_id, workspace_id, at, kind, reminded_days, reached, next_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (grant_id, connection_id) do update set at = excluded.at, kind = excluded.kind,
         reminded_days = excluded.reminded_days, reached = excluded.reached, next_at = excluded.next_at`,
      [
        key.grantId,
        deadline.connectionId,
        key.workspaceId,
        deadline.at,
        deadline.kind,
        deadline.remindedDays,
        deadline.reached,
        deadline.nextAt,
      ],
    );
  }
}
