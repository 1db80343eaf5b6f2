import type { DeadlineKind, EventData } from '@mooring/contracts';

/** A deadline of one connection, with what was said about it. */
export interface ConnectionDeadline {
  readonly connectionId: string;
  readonly at: Date;
  readonly kind: DeadlineKind;
  readonly remindedDays: number | null;
  /** It was announced that the deadline has passed. */
  readonly reached: boolean;
  /** When the next word is due; null when there is none, also while the connection is cut off. */
  readonly nextAt: Date | null;
}

/** A deadline about which something is due, in an open transaction. */
export interface DueDeadline extends ConnectionDeadline {
  readonly grantId: string;
  readonly workspaceId: string;
}

/** A word about a deadline. */
export type DeadlineNotice =
  | { readonly type: 'TokenExpiringSoon'; readonly data: EventData<'TokenExpiringSoon'> }
  | { readonly type: 'TokenDeadlineReached'; readonly data: EventData<'TokenDeadlineReached'> };

/** What becomes of a due deadline: the row as it is from now on, and what to say. */
export interface SettledDeadline {
  readonly deadline: DueDeadline;
  readonly notice: DeadlineNotice | null;
}

/** Deadlines over all workspaces. */
export abstract class DueDeadlines {
  /** Takes up to `limit` due deadlines, settles them and announces, all in one transaction; answers how many there were. */
  abstract settle(limit: number, settle: (due: DueDeadline, now: Date) => SettledDeadline): Promise<number>;
}
