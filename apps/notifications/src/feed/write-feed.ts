import type { EntityManager } from 'typeorm';
import type { NewFeedRow } from './ports.ts';

/** Kinds whose rows are owed to people, and not only a picture of the present. */
const OWED_KINDS = ['toast', 'notice', 'alert'];

/**
 * Writes rows in the manager's transaction, with an intent for the live channel where a row is owed. The advisory lock is
 * held until the commit, so that ids are committed in their order: call it last. A row whose key is there already is not
 * written again.
 */
export async function writeFeed(
  manager: EntityManager,
  workspaceId: string,
  feedRows: readonly NewFeedRow[],
): Promise<void> {
  if (feedRows.length === 0) return;
  await manager.query(`select pg_advisory_xact_lock(hashtextextended('notifications feed', 0))`);
  for (const row of feedRows) {
    await manager.query(
      `with written as (
         insert into feed (workspace_id, kind, code, connection_id, alert_id, words, tone, data, dedup_key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (dedup_key) where dedup_key is not null do nothing
         returning id, workspace_id, kind
       )
       insert into deliveries (feed_id, channel, workspace_id)
       select id, 'live', workspace_id from written where kind = any ($10)`,
      [
        workspaceId,
        row.kind,
        row.code,
        row.connectionId,
        row.alertId,
        row.words,
        row.tone,
        JSON.stringify(row.data),
        row.dedupKey,
        OWED_KINDS,
      ],
    );
  }
}
