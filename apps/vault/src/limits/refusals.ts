import { PlatformFailure } from '@mooring/adapters-core';
import type { DurationMs, FailureClass } from '@mooring/contracts';
import type { BreakerCause } from './ports.ts';

/** Why a call was not made; also the label of the count. */
export type RefusalCause = BreakerCause | 'grant_held' | 'queue_full' | 'no_turn' | 'retry_budget' | 'limits_unknown';

const REFUSALS: Readonly<Record<RefusalCause, readonly [FailureClass, string]>> = {
  outage: ['transient', 'the platform did not answer lately; it is left alone for a while'],
  rate_limited: ['rate_limited', 'the platform asked to stay away'],
  misconfigured: ['misconfigured', 'the app is not set up right at the platform; the operator has been told'],
  grant_held: ['rate_limited', 'the platform asked to stay away from this account'],
  queue_full: ['rate_limited', 'too many calls are waiting'],
  no_turn: ['rate_limited', 'no turn came in time'],
  retry_budget: ['transient', 'too many calls are repeated; this one waits'],
  limits_unknown: ['transient', 'the limits that the replicas share are not at hand'],
};

/** A call that was not made: nothing of it can have reached the platform. */
export function refusal(cause: RefusalCause, retryAfterMs: DurationMs | null): PlatformFailure {
  const [failureClass, detail] = REFUSALS[cause];
  return new PlatformFailure({ class: failureClass, detail, retryAfterMs, mayHaveArrived: false });
}
