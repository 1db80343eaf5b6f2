import type { DurationMs, MooringEvent } from '@mooring/contracts';
import type { ConnectionDeadline } from '../deadlines/ports.ts';
import type { Plan } from './plan-next.ts';

/** What an attempt asks the vault to do. */
export type AttemptKind = 'refresh' | 'inspect';

/** A grant's row of the schedule. */
export interface ScheduledGrant {
  readonly version: number;
  readonly generation: number;
  readonly plan: Plan;
  /** The attempt that the vault has been, or is about to be, asked for. */
  readonly attempt: { readonly id: string; readonly kind: AttemptKind } | null;
}

/** What is written of a grant. */
export interface GrantEntry {
  readonly version: number;
  readonly generation: number;
  readonly plan: Plan;
  readonly keepsAttempt: boolean;
}

/** One grant's part of the schedule in an open transaction, locked against every other event of it and against claims. */
export interface LockedGrant {
  /** `'released'` for a grant that is gone, null for one that was never heard of. */
  readonly current: ScheduledGrant | 'released' | null;
  /** Business time, from the database. */
  readonly now: Date;
  save(entry: GrantEntry): Promise<void>;
  /** The vault has answered: the attempt is over, the plan stays. */
  endAttempt(): Promise<void>;
  /** Forgets the grant for good, with its deadlines. */
  release(): Promise<void>;
  deadlines(): Promise<readonly ConnectionDeadline[]>;
  saveDeadlines(deadlines: readonly ConnectionDeadline[]): Promise<void>;
}

/** Events of the vault about tokens. */
export type TokenEvent = MooringEvent<
  'TokenStored' | 'TokenRefreshed' | 'TokenRefreshFailed' | 'TokenInspected' | 'TokenRevoked'
>;

/** Does the work of an event once, in one transaction on its grant. */
export abstract class GrantLedger {
  abstract once(event: TokenEvent, work: (grant: LockedGrant) => Promise<void>): Promise<void>;
}

/** A grant that was claimed: an attempt of its own, new or taken over after its lease had lapsed. */
export interface ClaimedGrant {
  readonly grantId: string;
  readonly attemptId: string;
}

/** Claims what is due, over all workspaces. */
export abstract class DueGrants {
  /** Claims grants that are due and have no attempt. */
  abstract claimDue(limit: number): Promise<readonly ClaimedGrant[]>;
  /** Takes over attempts whose lease has lapsed unanswered. */
  abstract takeOverLapsed(limit: number): Promise<readonly ClaimedGrant[]>;
  /** Sends the commands of claims that are still ours; their leases start anew and last until the answer. */
  abstract sendCommands(claims: readonly ClaimedGrant[]): Promise<void>;
  /** Deletes old marks of released grants. */
  abstract forgetReleased(olderThanMs: DurationMs, limit: number): Promise<void>;
  /** How long the grant that has waited longest for its claim is overdue, by business time; 0 where nothing is. */
  abstract longestOverdueMs(): Promise<DurationMs>;
  /** The same of grants whose command is on its way or unanswered; it grows while the vault is away. */
  abstract longestUnansweredMs(): Promise<DurationMs>;
}
