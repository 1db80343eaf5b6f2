import { randomUUID } from 'node:crypto';
import { rows } from '@mooring/persistence';
import { Injectable } from '@nestjs/common';
import { WorkerDatabase } from '../database.ts';
import { PoolSettings } from '../pool/pool-settings.ts';

/** A grant that waits to be revoked. */
export interface ReleaseClaim {
  readonly releaseId: string;
  readonly workspaceId: string;
  readonly grantId: string;
}

const KEPT_DAYS = 30;
const CLEAN_UP_ROWS_MAX = 1_000;

/** Claims revocations for this process, over all workspaces. */
@Injectable()
export class ReleaseClaims {
  readonly #owner = randomUUID();

  constructor(
    private readonly worker: WorkerDatabase,
    private readonly settings: PoolSettings,
  ) {}

  claim(limit: number): Promise<ReleaseClaim[]> {
    return rows<ReleaseClaim>(
      this.worker.dataSource.manager,
      `update releases set owner = $1, lease_until = clock_timestamp() + $2 * interval '1 millisecond'
       where release_id in (
         select release_id from releases
         where done_at is null and not_before <= clock_timestamp()
           and (lease_until is null or lease_until < clock_timestamp())
         order by not_before limit $3 for update skip locked)
       returning release_id as "releaseId", workspace_id as "workspaceId", grant_id as "grantId"`,
      [this.#owner, this.settings.leaseMs, limit],
    );
  }

  /** Pending grants that nobody claimed or discarded; the gateway should have, long before. */
  stalePending(olderThan: Date, limit: number): Promise<{ workspaceId: string; sessionId: string }[]> {
    return rows(
      this.worker.dataSource.manager,
      `select workspace_id as "workspaceId", session_id as "sessionId" from grants
       where state = 'pending' and created_at < $1 order by created_at limit $2`,
      [olderThan, limit],
    );
  }

  /** Deletes a bounded number of releases that were done long ago. */
  async cleanUp(): Promise<void> {
    await this.worker.dataSource.query(
      `delete from releases where release_id in (
         select release_id from releases where done_at < now() - make_interval(days => $1) limit $2)`,
      [KEPT_DAYS, CLEAN_UP_ROWS_MAX],
    );
  }
}
