import { days, type DurationMs, minutes, seconds } from '@mooring/contracts';

/** After the first limit of a day, where LinkedIn names no time: it never has. */
const FIRST_WAIT_MS = minutes(15);
/** Longer waits that a header asks for are not believed. */
const WAIT_MS_MAX = days(1);
/** After midnight, so that not all clients of the world come at its stroke. */
const AFTER_MIDNIGHT_MS = minutes(5);

/**
 * How long to stay away after a 429. LinkedIn's limits are daily and begin anew at midnight UTC: when a wait has passed and
 * the limit is still there on the same day, the rest of the day is waited out. Kept in memory, for one kind of limit.
 */
export class LimitWaits {
  readonly #now: () => Date;
  #met: { readonly at: Date; readonly until: Date } | null = null;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** @param retryAfter the header, which LinkedIn doesn't send so far */
  next(retryAfter: string | undefined): DurationMs {
    if (retryAfter !== undefined && /^\d{1,9}$/.test(retryAfter)) {
      return Math.min(seconds(Number(retryAfter)), WAIT_MS_MAX);
    }
    const now = this.#now();
    const met = this.#met;
    // Calls that were under way together meet the limit together.
    if (met && now < met.until) return met.until.getTime() - now.getTime();
    const isRepeated = met !== null && dayOf(met.at) === dayOf(now);
    const waitMs = isRepeated ? (dayOf(now) + 1) * days(1) + AFTER_MIDNIGHT_MS - now.getTime() : FIRST_WAIT_MS;
    this.#met = { at: now, until: new Date(now.getTime() + waitMs) };
    return waitMs;
  }
}

/** Number of the UTC day. */
function dayOf(at: Date): number {
  return Math.floor(at.getTime() / days(1));
}
