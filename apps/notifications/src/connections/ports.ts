import type { ConnectionStateData, MooringEvent } from '@mooring/contracts';
import type { OpenAlerts } from '../alerts/ports.ts';
import type { NewFeedRow } from '../feed/ports.ts';

/** Events of the gateway about connections. */
export type ConnectionEvent = MooringEvent<
  | 'ConnectionEstablished'
  | 'ConnectionRefreshed'
  | 'ConnectionChecked'
  | 'ConnectionReconnected'
  | 'ConnectionExpiringSoon'
  | 'ConnectionExpired'
  | 'ConnectionRecovered'
  | 'ConnectionScopesChanged'
  | 'ConnectionDisconnected'
>;

/** What was last seen of a connection. */
export interface SeenConnection {
  readonly state: ConnectionStateData;
  /** The alert that the connection is in. */
  readonly alertId: string | null;
}

/** One connection's news in an open transaction, locked against every other event of it. */
export interface OpenNews {
  readonly seen: SeenConnection | null;
  readonly alerts: OpenAlerts;
  remember(seen: SeenConnection): Promise<void>;
  /** Writes rows of the feed, those that are new; the last step, since it holds every other writer up until the commit. */
  write(rows: readonly NewFeedRow[]): Promise<void>;
}

/** Does the work of an event once, in one transaction of its workspace. */
export abstract class NewsDesk {
  /** Answers false where the event had been handled before. */
  abstract once(event: ConnectionEvent, work: (news: OpenNews) => Promise<void>): Promise<boolean>;
}
