import type { ConnectionStateData } from '@mooring/contracts';
import type { Inbox } from '@mooring/messaging';
import { rows, setWorkspaces } from '@mooring/persistence';
import type { DataSource, EntityManager } from 'typeorm';
import { openAlerts } from '../alerts/postgres-alerts.ts';
import { writeFeed } from '../feed/write-feed.ts';
import { type ConnectionEvent, NewsDesk, type OpenNews, type SeenConnection } from './ports.ts';

/** News in PostgreSQL: inbox row, what was seen, alerts and feed rows of one event in one transaction. */
export class PostgresNewsDesk extends NewsDesk {
  readonly #dataSource: DataSource;
  readonly #inbox: Inbox;

  constructor(dataSource: DataSource, inbox: Inbox) {
    super();
    this.#dataSource = dataSource;
    this.#inbox = inbox;
  }

  async once(event: ConnectionEvent, work: (news: OpenNews) => Promise<void>): Promise<boolean> {
    const { connectionId, workspaceId } = event.data.connection;
    const { duplicate } = await this.#inbox.handleOnce(this.#dataSource, event, async (manager) => {
      await setWorkspaces(manager, workspaceId);
      // A row that is not there yet can't be locked; the advisory lock orders the first events of a connection.
      await manager.query(`select pg_advisory_xact_lock(hashtextextended('connection ' || $1, 0))`, [connectionId]);
      await work({
        seen: await readSeen(manager, connectionId),
        alerts: openAlerts(manager),
        remember: (seen) => writeSeen(manager, seen),
        write: (feedRows) => writeFeed(manager, workspaceId, feedRows),
      });
    });
    return !duplicate;
  }
}

async function readSeen(manager: EntityManager, connectionId: string): Promise<SeenConnection | null> {
  const [row] = await rows<{ state: ConnectionStateData; alert_id: string | null }>(
    manager,
    `select state, alert_id from connections_seen where connection_id = $1`,
    [connectionId],
  );
  return row ? { state: row.state, alertId: row.alert_id } : null;
}

async function writeSeen(manager: EntityManager, { state, alertId }: SeenConnection): Promise<void> {
  await manager.query(
    `insert into connections_seen (connection_id, workspace_id, version, state, alert_id) values ($1, $2, $3, $4, $5)
     on conflict (connection_id) do update
       set version = excluded.version, state = excluded.state, alert_id = excluded.alert_id`,
    [state.connectionId, state.workspaceId, state.version, JSON.stringify(state), alertId],
  );
}
