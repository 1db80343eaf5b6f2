import type { Platform, Reason } from '@mooring/contracts';

/** A connection that joined an alert. */
export interface AlertedConnection {
  readonly connectionId: string;
  readonly displayName: string;
  readonly joinedAt: Date;
  /** Healed, or removed by a person; null while it needs reconnecting. */
  readonly leftAt: Date | null;
  readonly outcome: 'healed' | 'removed' | null;
}

/** One incident of one grant: everything that was cut off together. */
export interface Alert {
  readonly id: string;
  readonly workspaceId: string;
  readonly platform: Platform;
  readonly reason: Reason | null;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  /** An alert opens again when a connection of its episode is told of late. */
  readonly timesOpened: number;
  readonly connections: readonly AlertedConnection[];
}

/** Alerts in an open transaction. */
export interface OpenAlerts {
  /** Joins a connection to its episode's alert, which is opened if it isn't open. */
  join(cutOff: CutOffConnection): Promise<Alert>;
  /** Notes that a connection is healed or removed; the alert closes with its last one. Null if it wasn't in it. */
  leave(alertId: string, connectionId: string, outcome: 'healed' | 'removed'): Promise<Alert | null>;
}

/** A connection that needs reconnecting. */
export interface CutOffConnection {
  readonly connectionId: string;
  readonly workspaceId: string;
  readonly displayName: string;
  readonly grantId: string | null;
  readonly episodeId: string | null;
  readonly platform: Platform;
  readonly reason: Reason | null;
}

/** Alerts of a workspace, to people. */
export abstract class Alerts {
  /** Open ones first, then those closed lately; newest first. */
  abstract list(workspaceId: string, limit: number): Promise<readonly Alert[]>;
}

/** Alerts over all workspaces, to whoever measures. */
export abstract class AlertCount {
  abstract countOpen(): Promise<number>;
}
