import { days } from './ids.ts';
import { type Action, type Reason, REASON_TEXTS } from './reasons.ts';

/** L-12: what a connection is to people, to the API and to the publisher alike. */
export const STATUSES = ['connected', 'expiring_soon', 'needs_reconnect', 'disconnected'] as const;
/** One of {@link STATUSES}. */
export type ConnectionStatus = (typeof STATUSES)[number];

/** Which clock a deadline follows. */
export const DEADLINE_KINDS = ['access_token', 'refresh_token', 'data_access'] as const;
/** One of {@link DEADLINE_KINDS}. */
export type DeadlineKind = (typeof DEADLINE_KINDS)[number];

/** A moment that Mooring can't move by itself, after which the connection no longer works. */
export interface Deadline {
  readonly at: Date;
  readonly kind: DeadlineKind;
}

/** The stored facts that a connection's status follows from. */
export interface ConnectionFacts {
  /** Removed by a person. */
  readonly removed: boolean;
  /** The platform cut the account off, or its renewal is exhausted. */
  readonly cutOff: { readonly reason: Reason } | null;
  readonly deadline: Deadline | null;
}

/** A status with why, and what mends it. */
export interface StatusVerdict {
  readonly status: ConnectionStatus;
  readonly reason: Reason | null;
  readonly action: Action | null;
}

/** How long before its deadline a connection reads as expiring soon (L-16). */
export const EXPIRING_SOON_MS = days(7);
/** Days before a deadline on which people are reminded (L-16). */
export const REMINDER_DAYS = [7, 3, 1] as const;

/**
 * The one status function: API, console, scheduler, vault and publisher all read a connection's status from it.
 * @param facts what is stored about the connection
 * @param now the present moment, from the same clock as the deadline
 */
export function connectionStatus(facts: ConnectionFacts, now: Date): StatusVerdict {
  if (facts.removed) return { status: 'disconnected', reason: null, action: null };
  if (facts.cutOff) return needsReconnect(facts.cutOff.reason);
  if (!facts.deadline) return { status: 'connected', reason: null, action: null };
  const leftMs = facts.deadline.at.getTime() - now.getTime();
  if (leftMs <= 0) return needsReconnect(lapseReason(facts.deadline.kind));
  if (leftMs <= EXPIRING_SOON_MS) {
    return { status: 'expiring_soon', reason: lapseReason(facts.deadline.kind), action: 'reconnect' };
  }
  return { status: 'connected', reason: null, action: null };
}

/** True where publishing works: expiring soon still publishes (C69). */
export function publishes(status: ConnectionStatus): boolean {
  return status === 'connected' || status === 'expiring_soon';
}

function needsReconnect(reason: Reason): StatusVerdict {
  return { status: 'needs_reconnect', reason, action: REASON_TEXTS[reason].action };
}

function lapseReason(kind: DeadlineKind): Reason {
  return kind === 'data_access' ? 'data_access_expired' : 'token_lapsed';
}

/** The clocks that a platform gave for one connection's token; null where a clock does not run. */
export interface TokenClocks {
  readonly accessExpiresAt: Date | null;
  readonly refreshExpiresAt: Date | null;
  readonly dataAccessExpiresAt: Date | null;
  /** Mooring renews the access token by itself before it lapses. */
  readonly renewable: boolean;
}

/**
 * The deadline that really binds (L-16): the earliest clock that Mooring can't move. An access token that is renewed
 * binds by its refresh token's life; one that is not binds by its own; a data-access period binds either way.
 */
export function bindingDeadline(clocks: TokenClocks): Deadline | null {
  const candidates: Deadline[] = [];
  if (clocks.dataAccessExpiresAt) candidates.push({ at: clocks.dataAccessExpiresAt, kind: 'data_access' });
  if (clocks.renewable && clocks.refreshExpiresAt) {
    candidates.push({ at: clocks.refreshExpiresAt, kind: 'refresh_token' });
  }
  if (!clocks.renewable && clocks.accessExpiresAt) {
    candidates.push({ at: clocks.accessExpiresAt, kind: 'access_token' });
  }
  candidates.sort((a, b) => a.at.getTime() - b.at.getTime());
  return candidates[0] ?? null;
}
