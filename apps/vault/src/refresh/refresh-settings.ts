import type { DurationMs } from '@mooring/contracts';

/** Bounds of renewing. Real time. */
export abstract class RefreshSettings {
  /** How long a process may hold a grant for one renewal. */
  abstract readonly leaseMs: DurationMs;
  /** How long a token read waits for a renewal that another process does. */
  abstract readonly readWaitMs: DurationMs;
}
