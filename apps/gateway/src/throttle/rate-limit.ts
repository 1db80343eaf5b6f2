import { type DurationMs, MooringError } from '@mooring/contracts';

const KEYS_MAX = 50_000;

interface Window {
  readonly endsAtMs: number;
  count: number;
}

/**
 * So many times per span and key, in this replica (reliability.md: limits of our own API are per replica). Fixed windows
 * on the monotonic clock; bounded memory, and when it is full the oldest windows go.
 */
export class RateLimit {
  readonly #windows = new Map<string, Window>();

  constructor(
    private readonly timesMax: number,
    private readonly spanMs: DurationMs,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** Counts one use. Throws MooringError `too_many_requests` with the time to wait. */
  take(key: string): void {
    const now = this.nowMs();
    const window = this.#window(key, now);
    window.count += 1;
    if (window.count <= this.timesMax) return;
    throw new MooringError('too_many_requests', { retryAfterSeconds: Math.ceil((window.endsAtMs - now) / 1_000) });
  }

  #window(key: string, now: number): Window {
    const known = this.#windows.get(key);
    if (known && known.endsAtMs > now) return known;
    // Deleted first, so that the map's order is that of the windows' beginnings.
    this.#windows.delete(key);
    const [oldest] = this.#windows.keys();
    if (this.#windows.size >= KEYS_MAX && oldest !== undefined) this.#windows.delete(oldest);
    const window = { endsAtMs: now + this.spanMs, count: 0 };
    this.#windows.set(key, window);
    return window;
  }
}
