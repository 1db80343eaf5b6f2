import type { DeadToken, PlatformFailure, TokenInspection } from '@mooring/adapters-core';
import {
  COUNTED_FAILURE_SPACING_MS,
  FAILURE_RULES,
  type FailureClass,
  type FailureData,
  FAILURES_TO_EXHAUST,
  type Reason,
} from '@mooring/contracts';
import type { Grant } from '../grants/grant.entity.ts';

/** What a failed renewal means for its grant. */
export interface FailureVerdict {
  /** Why the grant's token is to be taken as dead from now on; null where it isn't. */
  readonly cutOffReason: Reason | null;
  readonly consecutive: number;
  /** True where this failure is one that counts. */
  readonly counted: boolean;
  readonly exhausted: boolean;
  readonly class: FailureClass;
  readonly reason: Reason | null;
}

/** The counters that a verdict starts from. */
export type FailureCounters = Pick<Grant, 'consecutiveFailures' | 'lastCountedFailureAt'>;

/**
 * Keep alive, rule 4. An unexpected failure means what an inspection of the token says: dead is final, alive counts one,
 * no answer (null) counts none. A token that may merely have lapsed is no proof: it counts as one that lives.
 */
export function judgeFailure(
  failure: PlatformFailure,
  inspection: TokenInspection | null,
  given: { readonly counters: FailureCounters; readonly now: Date },
): FailureVerdict {
  const dead = inspection && !inspection.alive && !inspection.renewalDecides ? inspection : null;
  const rule = FAILURE_RULES[failure.class];
  const consecutive = given.counters.consecutiveFailures;
  if (rule.final || dead) {
    const { class: finalClass, reason } = finalFailure(failure, dead);
    const exhausted = consecutive >= FAILURES_TO_EXHAUST;
    return { cutOffReason: reason, consecutive, counted: false, exhausted, class: finalClass, reason };
  }
  const counted = rule.counts === 'when_alive' && inspection !== null && isFarEnough(given);
  const now = consecutive + (counted ? 1 : 0);
  const exhausted = now >= FAILURES_TO_EXHAUST;
  return {
    cutOffReason: exhausted && counted ? 'refresh_failed' : null,
    consecutive: now,
    counted,
    exhausted,
    class: failure.class,
    reason: failure.reason,
  };
}

/** The failure as events tell it. */
export function failureData(
  verdict: Pick<FailureVerdict, 'class' | 'reason' | 'consecutive' | 'exhausted'>,
  failure: PlatformFailure,
): FailureData {
  return {
    class: verdict.class,
    reason: verdict.reason,
    retryAfterSeconds: failure.retryAfterMs === null ? null : Math.ceil(failure.retryAfterMs / 1_000),
    consecutive: verdict.consecutive,
    exhausted: verdict.exhausted,
    platformCode: failure.platformCode?.slice(0, 64) ?? null,
  };
}

/** Why a dead token is dead, in the words of L-15. */
export function deathReason(dead: DeadToken): Reason {
  return dead.failure.reason ?? FAILURE_RULES[dead.failure.class].defaultReason;
}

function finalFailure(failure: PlatformFailure, dead: DeadToken | null): { class: FailureClass; reason: Reason } {
  if (!dead) return { class: failure.class, reason: failure.reason ?? FAILURE_RULES[failure.class].defaultReason };
  const { class: deadClass } = dead.failure;
  return {
    class: FAILURE_RULES[deadClass].final ? deadClass : 'reauthorization_required',
    reason: deathReason(dead),
  };
}

function isFarEnough({ counters, now }: { counters: FailureCounters; now: Date }): boolean {
  const last = counters.lastCountedFailureAt;
  return last === null || now.getTime() - last.getTime() >= COUNTED_FAILURE_SPACING_MS;
}
