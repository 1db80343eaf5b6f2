import type { DurationMs } from '@mooring/contracts';
import { rows } from '@mooring/persistence';
import type { DataSource } from 'typeorm';
import { FEED_COLUMNS, type FeedRecord, feedRowOf } from './feed-rows.ts';
import { type FeedKind, type FeedRow, WholeFeed } from './ports.ts';

/** The feed over all workspaces in PostgreSQL, as the worker role. */
export class PostgresWholeFeed extends WholeFeed {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    super();
    this.#dataSource = dataSource;
  }

  async start(): Promise<number> {
    const [row] = await rows<{ id: string }>(
      this.#dataSource.manager,
      `select coalesce((select min(feed_id) - 1 from deliveries where channel = 'live' and delivered_at is null),
         (select max(id) from feed), (select id from feed_floor)) as id`,
    );
    return Number(row?.id ?? 0);
  }

  async after(id: number, limit: number): Promise<readonly FeedRow[]> {
    const found = await rows<FeedRecord>(
      this.#dataSource.manager,
      `select ${FEED_COLUMNS} from feed where id > $1 order by id limit $2`,
      [id, limit],
    );
    return found.map(feedRowOf);
  }

  async markDelivered(ids: readonly number[]): Promise<void> {
    await this.#dataSource.query(
      `update deliveries set delivered_at = clock_timestamp()
       where feed_id = any ($1::bigint[]) and channel = 'live' and delivered_at is null`,
      [ids],
    );
  }

  async sweep(kinds: readonly FeedKind[], keptMs: DurationMs, limit: number): Promise<number> {
    const [row] = await rows<{ swept: number }>(
      this.#dataSource.manager,
      `with old as (
         select id from feed where kind = any ($1) and written_at < clock_timestamp() - $2 * interval '1 millisecond'
         order by written_at limit $3
       ), gone as (delete from feed using old where feed.id = old.id returning feed.id),
       floor as (update feed_floor set id = greatest(id, (select max(gone.id) from gone)) where exists (select from gone))
       select count(*)::int as swept from gone`,
      [kinds, keptMs, limit],
    );
    return row?.swept ?? 0;
  }
}
