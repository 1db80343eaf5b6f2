import { KINDS_BESIDE_PLAN } from '@mooring/adapters';
import { type ConnectionStatus, EXPIRING_SOON_MS, type Platform } from '@mooring/contracts';
import { rows } from '@mooring/persistence';
import { Brackets, type EntityManager, In, Not } from 'typeorm';
import type { Connection } from '../connections/connection.ts';
import type {
  ConnectionFilter,
  ConnectionStore,
  HistoryEntry,
  HistoryPosition,
  ListedConnection,
  ListPosition,
  PageRequest,
  ShownAccount,
} from '../connections/ports.ts';
import { CONNECTIONS, HISTORY } from './entities.ts';

/**
 * The status function of contracts in SQL, since filters, counts and order need the status as of now; a test holds the two
 * together. $1 is now.
 */
export const STATUS_NOW = `case
  when phase = 'removed' then 'disconnected'
  when cut_off_reason is not null or deadline_at <= $1 then 'needs_reconnect'
  when deadline_at <= $1 + interval '${EXPIRING_SOON_MS} milliseconds' then 'expiring_soon'
  else 'connected' end`;

const LISTED = `select id, platform, lower(display_name) as name, status_now,
    case status_now when 'needs_reconnect' then 0 when 'expiring_soon' then 1 when 'connected' then 2 else 3 end as rank,
    case when status_now = 'expiring_soon' then (extract(epoch from deadline_at) * 1000)::bigint else 0 end as deadline_ms
  from (select *, ${STATUS_NOW} as status_now from connections where phase <> 'reserved'
    and ($2::text[] is null or platform = any ($2))
    and ($3::text is null or position(lower($3) in lower(display_name || ' ' || coalesce(username, ''))) > 0)) c`;

interface ListedRow {
  id: string;
  platform: string;
  name: string;
  rank: number;
  deadline_ms: string;
}

/** Connections and their history in PostgreSQL, within one transaction. */
export class PostgresConnectionStore implements ConnectionStore {
  constructor(private readonly manager: EntityManager) {}

  find(id: string): Promise<Connection | null> {
    return this.manager.findOne(CONNECTIONS, { where: { id } });
  }

  lock(id: string): Promise<Connection | null> {
    return this.manager.findOne(CONNECTIONS, { where: { id }, lock: { mode: 'for_no_key_update' } });
  }

  lockMany(ids: readonly string[]): Promise<Connection[]> {
    // In the order of ids, so that two transactions never wait for each other.
    return this.manager.find(CONNECTIONS, {
      where: { id: In([...ids]) },
      order: { id: 'ASC' },
      lock: { mode: 'for_no_key_update' },
    });
  }

  liveOfGrant(grantId: string): Promise<Connection[]> {
    return this.manager.find(CONNECTIONS, {
      where: { grantId, phase: 'live' },
      order: { displayName: 'ASC', id: 'ASC' },
    });
  }

  ofAccounts(accounts: readonly ShownAccount[]): Promise<Connection[]> {
    const platforms = new Set(accounts.map(({ platform }) => platform));
    const idsOf = (wanted: Platform): string[] =>
      accounts.filter(({ platform }) => platform === wanted).map(({ accountId }) => accountId);
    if (platforms.size === 0) return Promise.resolve([]);
    return this.manager.find(CONNECTIONS, {
      where: [...platforms].map((platform) => ({ platform, accountId: In(idsOf(platform)) })),
    });
  }

  countUsed(): Promise<number> {
    return this.manager.count(CONNECTIONS, {
      where: { phase: In(['reserved', 'live']), kind: Not(In([...KINDS_BESIDE_PLAN])) },
    });
  }

  async save(...connections: Connection[]): Promise<void> {
    await this.manager.save(CONNECTIONS, connections);
  }

  async delete(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.manager.delete(CONNECTIONS, { id: In([...ids]) });
  }

  async page(filter: ConnectionFilter, { after, limit, now }: PageRequest<ListPosition>): Promise<ListedConnection[]> {
    const listed = await rows<ListedRow>(
      this.manager,
      `select * from (${LISTED}) l where status_now = any ($4::text[])
        and ($5::int is null or (rank, deadline_ms, platform, name, id) > ($5, $6::bigint, $7::text, $8::text, $9::uuid))
       order by rank, deadline_ms, platform, name, id limit $10`,
      [
        ...[now, filter.platforms, filter.search, filter.statuses],
        ...[after?.rank ?? null, after?.deadlineMs, after?.platform, after?.name, after?.id, limit],
      ],
    );
    const found = await this.manager.find(CONNECTIONS, { where: { id: In(listed.map((row) => row.id)) } });
    const byId = new Map(found.map((connection) => [connection.id, connection]));
    return listed.flatMap((row) => {
      const connection = byId.get(row.id);
      const { id, rank, platform, name } = row;
      return connection
        ? [{ connection, position: { id, rank, platform, name, deadlineMs: Number(row.deadline_ms) } }]
        : [];
    });
  }

  async countByStatus(now: Date): Promise<Record<ConnectionStatus, number>> {
    const counted = await rows<{ status: ConnectionStatus; count: number }>(
      this.manager,
      `select status, count(*)::int as count
       from (select ${STATUS_NOW} as status from connections where phase <> 'reserved') c group by status`,
      [now],
    );
    const counts = { connected: 0, expiring_soon: 0, needs_reconnect: 0, disconnected: 0 };
    for (const { status, count } of counted) counts[status] = count;
    return counts;
  }

  async addHistory(entry: HistoryEntry): Promise<void> {
    await this.manager.insert(HISTORY, entry);
  }

  history(connectionId: string, { after, limit }: PageRequest<HistoryPosition>): Promise<HistoryEntry[]> {
    const query = this.manager.createQueryBuilder(HISTORY, 'entry').where({ connectionId });
    if (after) {
      query.andWhere(
        new Brackets((older) =>
          older.where('(entry.occurredAt, entry.id) < (cast(:at as timestamptz), cast(:id as uuid))', {
            at: after.occurredAt,
            id: after.id,
          }),
        ),
      );
    }
    return query.orderBy('entry.occurredAt', 'DESC').addOrderBy('entry.id', 'DESC').limit(limit).getMany();
  }
}
