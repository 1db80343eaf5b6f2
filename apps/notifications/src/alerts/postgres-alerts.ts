import type { Platform, Reason } from '@mooring/contracts';
import { afterCommit, inWorkspaces, rows } from '@mooring/persistence';
import type { DataSource, EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { logJoined, logLeft } from './alert-log.ts';
import {
  type Alert,
  AlertCount,
  type AlertedConnection,
  Alerts,
  type CutOffConnection,
  type OpenAlerts,
} from './ports.ts';

interface AlertRow {
  alert_id: string;
  workspace_id: string;
  platform: Platform;
  reason: Reason | null;
  opened_at: Date;
  closed_at: Date | null;
  times_opened: number;
  connections: (Omit<AlertedConnection, 'joinedAt' | 'leftAt'> & { joinedAt: string; leftAt: string | null })[];
}

const SELECT_ALERTS = `
  select a.alert_id, a.workspace_id, a.platform, a.reason, a.opened_at, a.closed_at, a.times_opened,
    coalesce((select jsonb_agg(jsonb_build_object('connectionId', c.connection_id, 'displayName', c.display_name,
        'joinedAt', c.joined_at, 'leftAt', c.left_at, 'outcome', c.outcome) order by c.joined_at, c.connection_id)
      from alert_connections c where c.alert_id = a.alert_id), '[]') as connections
  from alerts a`;

/** How long a closed alert counts as recent. */
const RECENT_DAYS = 30;

/** Alerts in PostgreSQL, to people. */
export class PostgresAlerts extends Alerts {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    super();
    this.#dataSource = dataSource;
  }

  list(workspaceId: string, limit: number): Promise<readonly Alert[]> {
    return inWorkspaces(this.#dataSource, workspaceId, async (manager) => {
      const found = await rows<AlertRow>(
        manager,
        `${SELECT_ALERTS}
         where a.workspace_id = $1 and (a.closed_at is null or a.closed_at > app.app_now() - make_interval(days => $3))
         order by (a.closed_at is null) desc, a.opened_at desc, a.alert_id limit $2`,
        [workspaceId, limit, RECENT_DAYS],
      );
      return found.map(alertOf);
    });
  }
}

/** Counts alerts in PostgreSQL, as the worker role. */
export class PostgresAlertCount extends AlertCount {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    super();
    this.#dataSource = dataSource;
  }

  async countOpen(): Promise<number> {
    const [row] = await rows<{ open: number }>(
      this.#dataSource.manager,
      `select count(*)::int as open from alerts where closed_at is null`,
    );
    return row?.open ?? 0;
  }
}

/** Alerts in the manager's transaction; every change locks the alert's row first. */
export function openAlerts(manager: EntityManager): OpenAlerts {
  return {
    async join(cutOff) {
      const alertId = cutOff.episodeId ?? (await openAlertOfGrant(manager, cutOff)) ?? uuidv7();
      await manager.query(
        `insert into alerts as a (alert_id, workspace_id, grant_id, has_episode, platform, reason)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (alert_id) do update set closed_at = null,
           times_opened = a.times_opened + case when a.closed_at is null then 0 else 1 end`,
        [alertId, cutOff.workspaceId, cutOff.grantId, cutOff.episodeId !== null, cutOff.platform, cutOff.reason],
      );
      await manager.query(
        `insert into alert_connections (alert_id, connection_id, workspace_id, display_name) values ($1, $2, $3, $4)
         on conflict (alert_id, connection_id) do update
           set display_name = excluded.display_name, left_at = null, outcome = null`,
        [alertId, cutOff.connectionId, cutOff.workspaceId, cutOff.displayName],
      );
      const alert = (await readAlert(manager, alertId))!;
      afterCommit(manager, () => logJoined(alert, cutOff.connectionId));
      return alert;
    },
    async leave(alertId, connectionId, outcome) {
      await manager.query(`select 1 from alerts where alert_id = $1 for update`, [alertId]);
      await manager.query(
        `update alert_connections set left_at = app.app_now(), outcome = $3
         where alert_id = $1 and connection_id = $2 and left_at is null`,
        [alertId, connectionId, outcome],
      );
      await manager.query(
        `update alerts set closed_at = app.app_now() where alert_id = $1 and closed_at is null
           and not exists (select from alert_connections where alert_id = $1 and left_at is null)`,
        [alertId],
      );
      const alert = await readAlert(manager, alertId);
      if (alert) afterCommit(manager, () => logLeft(alert, connectionId));
      return alert;
    },
  };
}

/** Where a deadline passed by itself the vault has minted no episode: what a grant loses then is one alert all the same. */
async function openAlertOfGrant(manager: EntityManager, cutOff: CutOffConnection): Promise<string | null> {
  if (!cutOff.grantId) return null;
  await manager.query(`select pg_advisory_xact_lock(hashtextextended('alert of grant ' || $1, 0))`, [cutOff.grantId]);
  const [row] = await rows<{ alert_id: string }>(
    manager,
    `select alert_id from alerts where grant_id = $1 and not has_episode and closed_at is null limit 1`,
    [cutOff.grantId],
  );
  return row?.alert_id ?? null;
}

async function readAlert(manager: EntityManager, alertId: string): Promise<Alert | null> {
  const [row] = await rows<AlertRow>(manager, `${SELECT_ALERTS} where a.alert_id = $1`, [alertId]);
  return row ? alertOf(row) : null;
}

function alertOf(row: AlertRow): Alert {
  return {
    id: row.alert_id,
    workspaceId: row.workspace_id,
    platform: row.platform,
    reason: row.reason,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    timesOpened: row.times_opened,
    connections: row.connections.map((connection) => ({
      ...connection,
      joinedAt: new Date(connection.joinedAt),
      leftAt: connection.leftAt === null ? null : new Date(connection.leftAt),
    })),
  };
}
