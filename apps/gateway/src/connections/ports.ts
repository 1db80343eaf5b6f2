import type { ConnectionStatus, Platform } from '@mooring/contracts';
import type { Connection } from './connection.ts';
import type { HISTORY_KINDS } from './connection-history.dto.ts';

/** What happened to a connection, as people read it later. */
export interface HistoryEntry {
  id: string;
  workspaceId: string;
  connectionId: string;
  kind: (typeof HISTORY_KINDS)[number];
  occurredAt: Date;
  summary: string;
  bySubject: string | null;
  byName: string | null;
  onBehalfOfWorkspace: boolean;
}

/** Which connections to list. */
export interface ConnectionFilter {
  readonly statuses: readonly ConnectionStatus[];
  readonly platforms: readonly Platform[] | null;
  readonly search: string | null;
}

/** The place of a row in the list: attention first, then by deadline, platform, name and id. */
export interface ListPosition {
  readonly rank: number;
  readonly deadlineMs: number;
  readonly platform: string;
  readonly name: string;
  readonly id: string;
}

/** One row of the list with its place. */
export interface ListedConnection {
  readonly connection: Connection;
  readonly position: ListPosition;
}

/** Where a page begins and how long it is; the status of a row is that at `now`. */
export interface PageRequest<Position> {
  readonly after: Position | null;
  readonly limit: number;
  readonly now: Date;
}

/** Place of an entry in a history. */
export interface HistoryPosition {
  readonly occurredAt: string;
  readonly id: string;
}

/** An account as people know it: under one platform it is the same one, whichever way it was connected. */
export interface ShownAccount {
  readonly platform: Platform;
  readonly accountId: string;
}

/** Connections of the workspaces that the transaction may see. */
export interface ConnectionStore {
  find(id: string): Promise<Connection | null>;
  /** With the row locked until the transaction ends. */
  lock(id: string): Promise<Connection | null>;
  lockMany(ids: readonly string[]): Promise<Connection[]>;
  /** Live connections that draw on a grant, without locks. */
  liveOfGrant(grantId: string): Promise<Connection[]>;
  /** Connections of these accounts, whatever their kind and phase; an account belongs to the platform it is shown under. */
  ofAccounts(accounts: readonly ShownAccount[]): Promise<Connection[]>;
  /** Connections that count for the plan: live and reserved, broken ones included, but for kinds that take no place. */
  countUsed(): Promise<number>;
  save(...connections: Connection[]): Promise<void>;
  delete(ids: readonly string[]): Promise<void>;
  page(filter: ConnectionFilter, page: PageRequest<ListPosition>): Promise<ListedConnection[]>;
  countByStatus(now: Date): Promise<Record<ConnectionStatus, number>>;
  addHistory(entry: HistoryEntry): Promise<void>;
  history(connectionId: string, page: PageRequest<HistoryPosition>): Promise<HistoryEntry[]>;
}

/** How many connections of one platform have one status. */
export interface ConnectionCount {
  readonly platform: Platform;
  readonly status: ConnectionStatus;
  readonly count: number;
}

/** Connections of all workspaces, counted as of now. */
export interface ConnectionCensus {
  count(): Promise<ConnectionCount[]>;
}
