import { inWorkspaces, rows } from '@mooring/persistence';
import type { DataSource, EntityManager } from 'typeorm';
import { FEED_COLUMNS, type FeedRecord, feedRowOf } from './feed-rows.ts';
import { Feed, type FeedPage, type Missed } from './ports.ts';

/** Unread rows are counted up to here; a page shows no more than "99+". */
const UNREAD_COUNT_MAX = 1_000;
const SHOWN = `kind in ('toast', 'notice')`;

/** The feed of a workspace in PostgreSQL. */
export class PostgresFeed extends Feed {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    super();
    this.#dataSource = dataSource;
  }

  page(workspaceId: string, subject: string, before: number | null, limit: number): Promise<FeedPage> {
    return inWorkspaces(this.#dataSource, workspaceId, async (manager) => {
      const found = await rows<FeedRecord>(
        manager,
        `select ${FEED_COLUMNS} from feed
         where workspace_id = $1 and ${SHOWN} and ($2::bigint is null or id < $2) order by id desc limit $3`,
        [workspaceId, before, limit + 1],
      );
      return {
        rows: found.slice(0, limit).map(feedRowOf),
        hasMore: found.length > limit,
        ...(await unread(manager, workspaceId, subject)),
      };
    });
  }

  markRead(workspaceId: string, subject: string, upTo: number): Promise<number> {
    return inWorkspaces(this.#dataSource, workspaceId, async (manager) => {
      // Never beyond what is there: rows that come later are unread.
      await manager.query(
        `insert into read_marks as m (workspace_id, subject, read_up_to)
         select $1, $2, least($3, coalesce((select max(id) from feed where workspace_id = $1), 0))
         on conflict (workspace_id, subject) do update set read_up_to = greatest(m.read_up_to, excluded.read_up_to)`,
        [workspaceId, subject, upTo],
      );
      return (await unread(manager, workspaceId, subject)).unreadCount;
    });
  }

  missed(workspaceId: string, after: number, limit: number): Promise<Missed> {
    return inWorkspaces(this.#dataSource, workspaceId, async (manager) => {
      const [bounds] = await rows<{ complete: boolean }>(
        manager,
        `select $1 >= (select id from feed_floor)
           and $1 <= (select case when is_called then last_value else 0 end from feed_id_seq) as complete`,
        [after],
      );
      const found = await rows<FeedRecord>(
        manager,
        `select ${FEED_COLUMNS} from feed where workspace_id = $1 and id > $2 order by id limit $3`,
        [workspaceId, after, limit],
      );
      return { rows: found.map(feedRowOf), complete: bounds?.complete ?? false };
    });
  }
}

async function unread(
  manager: EntityManager,
  workspaceId: string,
  subject: string,
): Promise<Pick<FeedPage, 'unreadCount' | 'readUpTo'>> {
  const [row] = await rows<{ read_up_to: string; unread: number }>(
    manager,
    `with mark as (
       select coalesce((select read_up_to from read_marks where workspace_id = $1 and subject = $2), 0) as read_up_to
     )
     select read_up_to, (select count(*)::int from (
         select 1 from feed where workspace_id = $1 and ${SHOWN} and id > mark.read_up_to limit $3) as newer) as unread
     from mark`,
    [workspaceId, subject, UNREAD_COUNT_MAX],
  );
  return { unreadCount: row?.unread ?? 0, readUpTo: Number(row?.read_up_to ?? 0) };
}
