import type { PlatformAdapter, VerifiedCallback } from '@mooring/adapters-core';
import { rows } from '@mooring/persistence';
import { Injectable } from '@nestjs/common';
import { WorkerDatabase } from '../database.ts';

const KEPT_DAYS = 15;
const CLEAN_UP_ROWS_MAX = 1_000;

/** Notices of platforms, each once, with the inspections that they ask for. Over all workspaces of a person. */
@Injectable()
export class CallbackRecords {
  constructor(private readonly worker: WorkerDatabase) {}

  /** How many grants are to be inspected; null for a notice that was there before. */
  async record(adapter: PlatformAdapter, notice: VerifiedCallback): Promise<number | null> {
    const { platform, credentials } = adapter;
    return this.worker.dataSource.transaction(async (manager) => {
      const fresh = await rows(
        manager,
        `insert into callbacks (platform, deduplication_key, kind, subject_id, grants_found) values ($1, $2, $3, $4, 0)
         on conflict do nothing returning platform`,
        [platform, notice.deduplicationKey, notice.kind, notice.subjectId],
      );
      if (fresh.length === 0) return null;
      const asked = await rows(
        manager,
        `insert into attempts (attempt_id, workspace_id, grant_id, kind, trigger)
         select gen_random_uuid(), workspace_id, id, 'inspect', 'callback' from grants
         where platform = $1 and client_id = $2 and subject_id = $3 and state = 'active' returning attempt_id`,
        [platform, credentials.clientId, notice.subjectId],
      );
      await manager.query('update callbacks set grants_found = $3 where platform = $1 and deduplication_key = $2', [
        platform,
        notice.deduplicationKey,
        asked.length,
      ]);
      return asked.length;
    });
  }

  /** Deletes a bounded number of notices that are too old to be repeated. */
  async cleanUp(): Promise<void> {
    await this.worker.dataSource.query(
      `delete from callbacks where (platform, deduplication_key) in (
         select platform, deduplication_key from callbacks
         where received_at < now() - make_interval(days => $1) limit $2)`,
      [KEPT_DAYS, CLEAN_UP_ROWS_MAX],
    );
  }
}
