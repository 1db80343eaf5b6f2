import type { PlatformAdapter, VerifiedCallback } from '@mooring/adapters-core';
import type { Reason } from '@mooring/contracts';
import { rows } from '@mooring/persistence';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DataDeletions } from '../data-deletion/data-deletions.ts';
import { WorkerDatabase } from '../database.ts';

const KEPT_DAYS = 15;
const CLEAN_UP_ROWS_MAX = 1_000;

/** A grant that a notice is about, with the inspection that is to confirm it. */
export interface AskedGrant {
  readonly attemptId: string;
  readonly workspaceId: string;
  readonly grantId: string;
}

/** Notices of platforms, each once, with the inspections that they ask for. Over all workspaces of a person. */
@Injectable()
export class CallbackRecords {
  constructor(
    private readonly worker: WorkerDatabase,
    private readonly deletions: DataDeletions,
  ) {}

  /** True for a notice that was not there before. */
  async record(adapter: PlatformAdapter, notice: VerifiedCallback): Promise<boolean> {
    return this.worker.dataSource.transaction(async (manager) => {
      const fresh = await rows(
        manager,
        `insert into callbacks (platform, deduplication_key, kind, subject_id, grants_found) values ($1, $2, $3, $4, 0)
         on conflict do nothing returning platform`,
        [adapter.platform, notice.deduplicationKey, notice.kind, notice.subjectId],
      );
      if (fresh.length === 0) return false;
      const asked = await this.#askForInspections(manager, adapter, notice);
      if (notice.reason) await noteReason(manager, asked, notice.reason);
      await manager.query('update callbacks set grants_found = $3 where platform = $1 and deduplication_key = $2', [
        adapter.platform,
        notice.deduplicationKey,
        asked.length,
      ]);
      if (notice.kind === 'data_deletion') await this.deletions.record(manager, { adapter, notice, asked });
      return true;
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

  #askForInspections(
    manager: EntityManager,
    { platform, credentials }: PlatformAdapter,
    { subjectId, mayNameAccount = false }: VerifiedCallback,
  ): Promise<AskedGrant[]> {
    return rows<AskedGrant>(
      manager,
      `insert into attempts (attempt_id, workspace_id, grant_id, kind, trigger)
       select gen_random_uuid(), workspace_id, id, 'inspect', 'callback' from grants
       where platform = $1 and client_id = $2 and state = 'active' and (subject_id = $3
         or $4 and id in (select grant_id from grant_connections
           where platform = $1 and account_id = $3 and not released))
       returning attempt_id as "attemptId", workspace_id as "workspaceId", grant_id as "grantId"`,
      [platform, credentials.clientId, subjectId, mayNameAccount],
    );
  }
}

/** Counts only for the consent that the notice came to, and only where the inspection finds no reason of its own. */
async function noteReason(manager: EntityManager, asked: readonly AskedGrant[], reason: Reason): Promise<void> {
  const ids = asked.map(({ grantId }) => grantId);
  await manager.query(
    'update grants set noticed_reason = $2, noticed_consent = consent_generation where id = any ($1::uuid[])',
    [ids, reason],
  );
}
