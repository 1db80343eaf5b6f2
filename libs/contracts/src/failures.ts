import type { Reason } from './reasons.ts';

/** How a platform's refusal is to be taken; decided by codes and parsed fields, by text only where nothing else is given. */
export const FAILURE_CLASSES = [
  'transient',
  'rate_limited',
  'reauthorization_required',
  'permission_missing',
  'user_action_required',
  'misconfigured',
  'unexpected',
] as const;
/** One of {@link FAILURE_CLASSES}. */
export type FailureClass = (typeof FAILURE_CLASSES)[number];

/** What follows from a failure of one class. */
export interface FailureRule {
  /** Counts towards the three failures in a row that exhaust a refresh. */
  readonly counts: 'never' | 'when_alive';
  /** Cuts connections off at once (after the re-read that rules out a lost race). */
  readonly final: boolean;
  /** An inspection decides what the failure means. */
  readonly inspect: boolean;
  /** Reason of the cut-off where the platform named none. */
  readonly defaultReason: Reason;
  /** Who is told: the people of the workspace, the operator, or nobody. */
  readonly alert: 'people' | 'operator' | 'nobody';
}

/** The one table of what a failure means (keep alive, rule 4). */
export const FAILURE_RULES: Readonly<Record<FailureClass, FailureRule>> = {
  transient: { counts: 'never', final: false, inspect: false, defaultReason: 'unknown', alert: 'nobody' },
  rate_limited: { counts: 'never', final: false, inspect: false, defaultReason: 'unknown', alert: 'nobody' },
  reauthorization_required: { counts: 'never', final: true, inspect: false, defaultReason: 'unknown', alert: 'people' },
  permission_missing: {
    counts: 'never',
    final: true,
    inspect: false,
    defaultReason: 'permission_removed',
    alert: 'people',
  },
  user_action_required: {
    counts: 'never',
    final: true,
    inspect: false,
    defaultReason: 'security_check',
    alert: 'people',
  },
  misconfigured: { counts: 'never', final: false, inspect: false, defaultReason: 'unknown', alert: 'operator' },
  unexpected: { counts: 'when_alive', final: false, inspect: true, defaultReason: 'refresh_failed', alert: 'nobody' },
};

/** Counted failures in a row after which a refresh is given up (L-13). */
export const FAILURES_TO_EXHAUST = 3;
/** Counted failures lie at least this far apart; nearer ones count once. */
export const COUNTED_FAILURE_SPACING_MS = 60_000;
