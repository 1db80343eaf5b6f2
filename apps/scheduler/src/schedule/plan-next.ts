import { type DurationMs, FAILURE_RULES, type FailureClass, type GrantStateData, minutes } from '@mooring/contracts';

/** What the scheduler plans from; all of it stands in the events of the vault. */
export type PlannedGrant = Pick<
  GrantStateData,
  'accessExpiresAt' | 'issuedAt' | 'refreshedAt' | 'cutOff' | 'consentAdvice' | 'policy'
>;

/** A renewal or an inspection that came to nothing. */
export interface Failed {
  readonly kind: 'refresh_failed' | 'not_inspected';
  readonly class: FailureClass;
  readonly retryAfterMs: DurationMs | null;
  /** The vault has given renewing up. */
  readonly exhausted: boolean;
}

/** How the last thing that was heard of a grant ended. */
export type Outcome = { readonly kind: 'stored' | 'refreshed' | 'inspected' | 'released' } | Failed;

/** Bounds of the waits after a failure. */
export interface BackOff {
  /** First wait after a failure without an answer; it doubles from there. */
  readonly firstMs: DurationMs;
  readonly longestMs: DurationMs;
  /** Wait after a rate limit that names no time. */
  readonly rateLimitedMs: DurationMs;
  readonly misconfiguredMs: DurationMs;
}

/** When a grant is taken up next. */
export interface Plan {
  /** Null where nothing is to be renewed, or renewing has been given up until an inspection proves the grant alive. */
  readonly nextRefreshAt: Date | null;
  readonly nextInspectionAt: Date;
  /** Renewals in a row that failed without being final; they lengthen the wait. */
  readonly refreshFailures: number;
  /** Inspections in a row that got no answer. */
  readonly inspectionFailures: number;
}

/** Everything else that a plan depends on. */
export interface PlanContext {
  readonly now: Date;
  /** The grant's stable number in [0, 1). */
  readonly jitter: number;
  /** A new number in [0, 1) for every plan: retries of many grants must not meet again. */
  readonly random: number;
  /** The plan that held until now; null for a new grant. */
  readonly previous: Plan | null;
  readonly backOff: BackOff;
}

// Leads longer than this part of a token's life would renew it over and over (C18).
const LONGEST_LEAD_OF_LIFE = 1 / 4;
// Of seven days, six hours: the renewal still falls on the first of the seven.
const REFRESH_SPREAD_OF_LEAD = 1 / 28;
const INSPECTION_SPREAD = 1 / 24;
const RETRY_SPREAD = 1 / 5;
const SOON_MS = minutes(1);
const DOUBLINGS_MAX = 20;

/**
 * Plans a grant's next renewal and next inspection. Renewal only where the policy knows one, nothing is cut off and the
 * access token has an end, be it one that nobody named; inspection always, so that every state is looked at again and can heal (C05, C06).
 */
export function planNext(grant: PlannedGrant, outcome: Outcome, context: PlanContext): Plan {
  const { previous } = context;
  switch (outcome.kind) {
    case 'refresh_failed':
      return afterFailedRefresh(grant, outcome, context);
    case 'not_inspected':
      return afterNoInspection(grant, outcome, context);
    case 'inspected':
      return afterInspection(grant, context);
    case 'stored':
      return { ...fresh(grant, context), nextInspectionAt: regularInspection(grant, context) };
    case 'refreshed':
      return fresh(grant, context);
    case 'released':
      return previous ?? fresh(grant, context);
  }
}

function fresh(grant: PlannedGrant, context: PlanContext): Plan {
  return {
    nextRefreshAt: regularRefresh(grant, context),
    // A renewal proves the renewed token alone; accounts with tokens of their own are still to be asked about.
    nextInspectionAt: context.previous?.nextInspectionAt ?? regularInspection(grant, context),
    refreshFailures: 0,
    inspectionFailures: 0,
  };
}

function afterFailedRefresh(grant: PlannedGrant, failed: Failed, context: PlanContext): Plan {
  const before = context.previous ?? fresh(grant, context);
  const rule = FAILURE_RULES[failed.class];
  if (rule.final || failed.exhausted || !mayRefresh(grant)) {
    return { ...before, nextRefreshAt: null, refreshFailures: 0 };
  }
  const soon = after(context.now, SOON_MS);
  return {
    ...before,
    nextRefreshAt: after(context.now, waitAfter(failed, before.refreshFailures, grant, context)),
    nextInspectionAt: rule.inspect && soon < before.nextInspectionAt ? soon : before.nextInspectionAt,
    refreshFailures: before.refreshFailures + 1,
  };
}

function afterNoInspection(grant: PlannedGrant, failed: Failed, context: PlanContext): Plan {
  const before = context.previous ?? fresh(grant, context);
  const regular = regularInspection(grant, context);
  const retry = after(context.now, waitAfter(failed, before.inspectionFailures, grant, context));
  return {
    ...before,
    nextRefreshAt: mayRefresh(grant) ? before.nextRefreshAt : null,
    nextInspectionAt: retry < regular ? retry : regular,
    inspectionFailures: before.inspectionFailures + 1,
  };
}

function afterInspection(grant: PlannedGrant, context: PlanContext): Plan {
  const regular = regularRefresh(grant, context);
  const { previous } = context;
  // A proof of life doesn't shorten the wait after a failed renewal.
  const waits = previous !== null && previous.refreshFailures > 0 && previous.nextRefreshAt !== null;
  const backingOff = waits && regular !== null && regular < previous.nextRefreshAt;
  return {
    nextRefreshAt: backingOff ? previous.nextRefreshAt : regular,
    nextInspectionAt: regularInspection(grant, context),
    refreshFailures: backingOff ? previous.refreshFailures : 0,
    inspectionFailures: 0,
  };
}

function waitAfter(failed: Failed, failuresBefore: number, grant: PlannedGrant, context: PlanContext): DurationMs {
  const { backOff, now, random } = context;
  const spread = (ms: DurationMs): DurationMs => ms * (1 + random * RETRY_SPREAD);
  if (failed.class === 'rate_limited') {
    return spread(Math.max(failed.retryAfterMs ?? backOff.rateLimitedMs, backOff.firstMs));
  }
  if (failed.class === 'misconfigured') return spread(backOff.misconfiguredMs);
  const doubled = backOff.firstMs * 2 ** Math.min(failuresBefore, DOUBLINGS_MAX);
  // The nearer the end of the token, the sooner the next try.
  const leftMs = grant.accessExpiresAt ? new Date(grant.accessExpiresAt).getTime() - now.getTime() : Infinity;
  const longest = Math.min(backOff.longestMs, leftMs > 0 ? leftMs / 4 : Infinity);
  // A time that the vault or the platform names is waited for to the end: a token that may be spent is not spent sooner.
  return Math.max(spread(Math.max(backOff.firstMs, Math.min(doubled, longest))), failed.retryAfterMs ?? 0);
}

function mayRefresh(grant: PlannedGrant): boolean {
  return grant.policy.refreshKind !== 'none' && !grant.cutOff && !grant.consentAdvice;
}

function regularRefresh(grant: PlannedGrant, context: PlanContext): Date | null {
  if (!mayRefresh(grant)) return null;
  const youngest = grant.refreshedAt ?? grant.issuedAt;
  if (!grant.accessExpiresAt) return refreshOfUnknownEnd(grant, youngest, context);
  const expiresAt = new Date(grant.accessExpiresAt).getTime();
  const issuedAt = grant.issuedAt ?? grant.refreshedAt;
  const lead = leadMs(grant, issuedAt ? expiresAt - new Date(issuedAt).getTime() : null);
  const planned = expiresAt - lead + lead * REFRESH_SPREAD_OF_LEAD * context.jitter;
  const earliest = youngest ? new Date(youngest).getTime() + grant.policy.refreshMinimumAgeMs : -Infinity;
  return new Date(Math.max(planned, earliest));
}

/** A token whose end the platform did not name is renewed by its age: no end is made up for it, and it is not left to lapse. */
function refreshOfUnknownEnd(grant: PlannedGrant, youngest: string | null, context: PlanContext): Date | null {
  const { refreshUnknownAfterMs: ageMs, refreshMinimumAgeMs } = grant.policy;
  if (ageMs === undefined) return null;
  if (youngest === null) return context.now;
  const planned = ageMs * (1 - REFRESH_SPREAD_OF_LEAD * context.jitter);
  return after(new Date(youngest), Math.max(planned, refreshMinimumAgeMs));
}

function leadMs(grant: PlannedGrant, lifeMs: DurationMs | null): DurationMs {
  const { refreshLeadMs, refreshAtLifeFraction } = grant.policy;
  if (lifeMs === null || lifeMs <= 0) return refreshLeadMs ?? 0;
  const byFraction = refreshAtLifeFraction === null ? null : lifeMs * (1 - refreshAtLifeFraction);
  return Math.min(refreshLeadMs ?? byFraction ?? lifeMs * LONGEST_LEAD_OF_LIFE, lifeMs * LONGEST_LEAD_OF_LIFE);
}

function regularInspection(grant: PlannedGrant, context: PlanContext): Date {
  return after(context.now, grant.policy.inspectEveryMs * (1 - INSPECTION_SPREAD * context.jitter));
}

function after(from: Date, ms: DurationMs): Date {
  return new Date(from.getTime() + ms);
}
