import type { DurationMs } from '@mooring/contracts';

/** Bounds of the wait between two attempts. */
export interface BackOff {
  /** Ceiling of the first wait. */
  readonly baseMs: DurationMs;
  /** Ceiling of every wait. */
  readonly maxMs: DurationMs;
}

/**
 * Exponential back-off with equal jitter: between half of the ceiling and the ceiling, which doubles with every failure.
 * Never zero, so that a server that closes at once isn't hammered.
 * @param failures failures in a row, 1 or more
 * @param random uniform in [0, 1)
 * @returns milliseconds to wait
 */
export function backOffMs(failures: number, bounds: BackOff, random: () => number): DurationMs {
  const doublings = Math.min(Math.max(failures - 1, 0), 30);
  const ceiling = Math.min(bounds.maxMs, bounds.baseMs * 2 ** doublings);
  return Math.round(ceiling / 2 + (ceiling / 2) * random());
}
