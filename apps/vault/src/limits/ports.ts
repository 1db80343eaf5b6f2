import type { DurationMs, Platform } from '@mooring/contracts';

/** The clock of limits, on which platforms agree with nobody but real time. A port, so that tests can let an hour pass. */
export abstract class LimitTime {
  /** Milliseconds since 1970. */
  abstract nowMs(): number;
  /** Runs `work` once, so much later; what comes back calls it off. */
  abstract after(delayMs: DurationMs, work: () => void): () => void;
}

/** Which app of which platform. */
export interface PlatformApp {
  readonly platform: Platform;
  readonly clientId: string;
}

/** Why no calls are made. */
export type BreakerCause = 'outage' | 'rate_limited' | 'misconfigured';

/** What all replicas know of an app's breaker. */
export interface BreakerState {
  readonly breaker: 'closed' | 'open';
  readonly cause: BreakerCause | null;
  /** When one call may try; null while open: a readiness check decides. */
  readonly openUntilMs: number | null;
}

/** What a replica asks for its next slice. */
export interface ShareRequest {
  /** Calls under way here. */
  readonly running: number;
  /** Calls under way and waiting here. */
  readonly wants: number;
  readonly permits: number;
  /** Permits of the last slice that nobody used. */
  readonly unused: number;
  /** How far the platform says that its limit is used, 0 to 1; null where it said nothing since the last request. */
  readonly usage: number | null;
}

/** A slice of an app's limits, for this replica alone. */
export interface Share extends BreakerState {
  /** Calls that may be under way here at once. */
  readonly places: number;
  /** Calls that may begin. */
  readonly permits: number;
  /** Grants that the platform holds back, with the time until when. */
  readonly held: readonly (readonly [grantId: string, untilMs: number])[];
}

/** What opens a breaker. */
export interface Trip {
  readonly cause: BreakerCause;
  /** A platform's words, scrubbed; for operators. */
  readonly detail: string;
  /** Not before this, whatever the back-off step says; null: the step alone. */
  readonly notBeforeMs: number | null;
}

/** Where the replicas share what limits them. */
export abstract class PermitLedger {
  abstract lease(app: PlatformApp, request: ShareRequest): Promise<Share>;
  /** Opens the breaker, or goes one back-off step on where this replica's probe failed. True where it was closed before. */
  abstract trip(app: PlatformApp, trip: Trip): Promise<boolean>;
  /** True where this replica may try the platform with one call. */
  abstract claimProbe(app: PlatformApp): Promise<boolean>;
  /** Closes the breaker, if this replica's probe or a readiness check says so. True where it was open. */
  abstract close(app: PlatformApp, by: 'probe' | 'readiness'): Promise<boolean>;
  /** The breaker stays open until a readiness check closes it. */
  abstract awaitReadiness(app: PlatformApp): Promise<void>;
  /** Ends that wait: one call may try. */
  abstract letOneTry(app: PlatformApp): Promise<void>;
  /** Keeps the calls of one grant back, on all replicas. */
  abstract holdGrant(app: PlatformApp, grantId: string, untilMs: number): Promise<void>;
  /** True for the one replica that is to tell the operator. */
  abstract claimAlert(app: PlatformApp): Promise<boolean>;
  /** True where an alert was open. */
  abstract clearAlert(app: PlatformApp): Promise<boolean>;
}
