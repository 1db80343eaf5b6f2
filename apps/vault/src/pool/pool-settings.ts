import type { DurationMs } from '@mooring/contracts';

/** Bounds of the pools that renew, inspect and revoke. Real time. */
export abstract class PoolSettings {
  /** Attempts at work at once. */
  abstract readonly concurrency: number;
  abstract readonly pollMs: DurationMs;
  /** An attempt whose process has died is taken up by another one after this. */
  abstract readonly leaseMs: DurationMs;
}
