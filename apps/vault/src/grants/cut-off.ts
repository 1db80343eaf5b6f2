import type { Reason } from '@mooring/contracts';
import { uuidv7 } from 'uuidv7';
import type { GrantConnection } from './grant-connection.entity.ts';
import type { Grant } from './grant.entity.ts';

interface CutOffColumns {
  cutOffReason: Reason | null;
  cutOffSince: Date | null;
}

/** Marks a token as dead. A later reason replaces the earlier one, the time of the first stays. */
export function cutOff(row: CutOffColumns, reason: Reason, now: Date): void {
  row.cutOffSince ??= now;
  row.cutOffReason = reason;
}

/** The reason that is told: where the platform's answer gives none, the one that its notice gave for this consent. */
export function toldReason(
  grant: Pick<Grant, 'noticedReason' | 'noticedConsent' | 'consentGeneration'>,
  reason: Reason,
): Reason {
  const isOfThisConsent = grant.noticedConsent === grant.consentGeneration;
  return reason === 'unknown' && isOfThisConsent ? (grant.noticedReason ?? reason) : reason;
}

/** Marks a token as living. */
export function heal(row: CutOffColumns): void {
  row.cutOffReason = null;
  row.cutOffSince = null;
}

/**
 * An episode begins when a grant's first connection is cut off and lasts until all are healed. Call it when the change is
 * complete: what comes back is the id that this change's event carries, so that the event which heals the last connection
 * still names the episode that it ends.
 */
export function settleEpisode(grant: Grant, connections: readonly GrantConnection[]): string | null {
  const before = grant.episodeId;
  const isOpen = connections.some((connection) => !connection.released && connection.cutOffReason !== null);
  grant.episodeId = isOpen ? (before ?? uuidv7()) : null;
  return grant.episodeId ?? before;
}

/** The grant's own token is dead while a connection lives on a token of its own: advise renewed consent, cut nothing off. */
export function settleConsentAdvice(grant: Grant, connections: readonly GrantConnection[]): void {
  grant.consentAdvice =
    grant.cutOffReason !== null &&
    connections.some((connection) => !connection.released && connection.cutOffReason === null);
}
