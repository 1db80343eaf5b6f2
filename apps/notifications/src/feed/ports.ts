import type { DurationMs } from '@mooring/contracts';

/**
 * What a row of the feed is: `toast` and `notice` are shown in the feed (a toast pops up as well), `alert` and `connection`
 * say on the live stream alone that an alert or a connection has changed.
 */
export type FeedKind = 'toast' | 'notice' | 'alert' | 'connection';

/** What a row is about. */
export type FeedCode =
  | 'token_refreshed'
  | 'refresh_refused'
  | 'connection_expired'
  | 'expiring_soon'
  | 'was_cut_off'
  | 'all_clear'
  | 'alert_changed'
  | 'connection_changed';

/** How a row is meant; the console gives it colour and icon. */
export type Tone = 'success' | 'warning' | 'error' | 'info';

/** A row to be written. */
export interface NewFeedRow {
  readonly kind: FeedKind;
  readonly code: FeedCode;
  readonly connectionId: string | null;
  readonly alertId: string | null;
  readonly words: string | null;
  readonly tone: Tone | null;
  /** Further members of the live message. */
  readonly data: Readonly<Record<string, unknown>>;
  /** A second row with the same key is not written; null where every row is its own. */
  readonly dedupKey: string | null;
}

/** A row as it stands in the feed. */
export interface FeedRow extends Omit<NewFeedRow, 'dedupKey'> {
  /** Grows in the order of the commits. */
  readonly id: number;
  readonly workspaceId: string;
  readonly at: Date;
}

/** What is missing between the last row that a listener saw and now. */
export interface Missed {
  /** Oldest first; at most as many as were asked for. */
  readonly rows: readonly FeedRow[];
  /** False where retention has taken rows that came after it, or where there never was such a row. */
  readonly complete: boolean;
}

/** A page of what people see. */
export interface FeedPage {
  readonly rows: readonly FeedRow[];
  readonly hasMore: boolean;
  readonly unreadCount: number;
  readonly readUpTo: number;
}

/** The feed of a workspace, to people. */
export abstract class Feed {
  /** Rows that are shown, newest first, before a row or from the end. */
  abstract page(workspaceId: string, subject: string, before: number | null, limit: number): Promise<FeedPage>;
  /** Moves a person's read mark forward, never back; answers how many rows are unread then. */
  abstract markRead(workspaceId: string, subject: string, upTo: number): Promise<number>;
  /** Rows of all kinds after one. */
  abstract missed(workspaceId: string, after: number, limit: number): Promise<Missed>;
}

/** The feed over all workspaces, to the tail and the sweep. */
export abstract class WholeFeed {
  /** Where a tail begins: before the first row that is still owed to the live stream, else at the end. */
  abstract start(): Promise<number>;
  abstract after(id: number, limit: number): Promise<readonly FeedRow[]>;
  abstract markDelivered(ids: readonly number[]): Promise<void>;
  /** Deletes rows of these kinds that are older (real time), a bounded number; answers how many. */
  abstract sweep(kinds: readonly FeedKind[], keptMs: DurationMs, limit: number): Promise<number>;
}
