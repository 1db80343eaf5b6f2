import { randomUUID } from 'node:crypto';
import type { DurationMs } from '@mooring/contracts';
import { rows } from '@mooring/persistence';
import { Injectable } from '@nestjs/common';
import { WorkerDatabase } from '../database.ts';
import { PoolSettings } from '../pool/pool-settings.ts';
import type { AttemptTicket } from './attempt-queue.ts';

const TICKET_COLUMNS = `attempt_id as "attemptId", workspace_id as "workspaceId", grant_id as "grantId", kind, trigger,
  requested_by as "requestedBy", generation, not_after as "notAfter"`;
/** Attempts that were answered lie this long before they are deleted. */
const KEPT_DAYS = 7;
const CLEAN_UP_ROWS_MAX = 1_000;

/** Claims attempts for this process, over all workspaces. */
@Injectable()
export class AttemptClaims {
  readonly #owner = randomUUID();

  constructor(
    private readonly worker: WorkerDatabase,
    private readonly settings: PoolSettings,
  ) {}

  /** The oldest that are due, and those whose owner has died. Two of one grant meet in the single flight. */
  claim(limit: number): Promise<AttemptTicket[]> {
    return rows<AttemptTicket>(
      this.worker.dataSource.manager,
      `update attempts set state = 'claimed', owner = $1, claims = claims + 1,
         lease_until = clock_timestamp() + $2 * interval '1 millisecond'
       where attempt_id in (
         select attempt_id from attempts
         where not_before <= clock_timestamp() and (state = 'recorded'
           or (state in ('claimed', 'sending') and lease_until < clock_timestamp()))
         order by not_before limit $3 for update skip locked)
       returning ${TICKET_COLUMNS}`,
      [this.#owner, this.settings.leaseMs, limit],
    );
  }

  /** Attempts that are still at work here stay ours. */
  async renew(attemptIds: readonly string[]): Promise<void> {
    await this.worker.dataSource.query(
      `update attempts set lease_until = clock_timestamp() + $2 * interval '1 millisecond'
       where attempt_id = any ($1::uuid[]) and owner = $3 and state <> 'done'`,
      [attemptIds, this.settings.leaseMs, this.#owner],
    );
  }

  /** Back into the queue: somebody else is at this grant. */
  async putBack(attemptId: string, delayMs: DurationMs): Promise<void> {
    await this.worker.dataSource.query(
      `update attempts set state = 'recorded', owner = null, lease_until = null,
         not_before = clock_timestamp() + $2 * interval '1 millisecond'
       where attempt_id = $1 and owner = $3 and state <> 'done'`,
      [attemptId, delayMs, this.#owner],
    );
  }

  /** Deletes a bounded number of attempts that were answered long ago. */
  async cleanUp(): Promise<void> {
    await this.worker.dataSource.query(
      `delete from attempts where attempt_id in (
         select attempt_id from attempts where state = 'done' and done_at < now() - make_interval(days => $1)
         order by done_at limit $2)`,
      [KEPT_DAYS, CLEAN_UP_ROWS_MAX],
    );
  }
}
