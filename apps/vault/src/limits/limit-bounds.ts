import type { DurationMs, Platform } from '@mooring/contracts';

/** What a platform's app may be sent, by all replicas together. */
export interface AppBounds {
  /** Calls under way at once. */
  readonly inFlightMax: number;
  /** Calls that begin in a second. */
  readonly perSecond: number;
}

/** Bounds of what is sent to platforms. Real time. */
export abstract class LimitBounds implements AppBounds {
  abstract readonly inFlightMax: number;
  abstract readonly perSecond: number;
  /** Platforms with bounds of their own. */
  abstract readonly byPlatform: Readonly<Record<Platform, Partial<AppBounds>>>;
  /** Calls that may wait for their turn in this process; more are put off as if the platform had limited them. */
  abstract readonly waitingMax: number;
  /** How long a call waits for its turn. */
  abstract readonly waitMs: DurationMs;
  /** What failed for the platform's sake is tried again this often even where no budget is left. */
  abstract readonly retryMs: DurationMs;
  /** Failures in a row, of several grants, that open the breaker. */
  abstract readonly failuresToOpen: number;
  /** The first back-off step of an open breaker; each further one is twice as long. */
  abstract readonly stepMs: DurationMs;
  abstract readonly stepMsMax: DurationMs;
  /** How long a new or lost state grows from a tenth of the limits to the whole. */
  abstract readonly cautiousMs: DurationMs;
}

/** The bounds of one platform. */
export function boundsOf(bounds: LimitBounds, platform: Platform): AppBounds {
  const { inFlightMax, perSecond } = bounds;
  return { inFlightMax, perSecond, ...bounds.byPlatform[platform] };
}
