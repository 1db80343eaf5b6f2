import type { RateLimit } from './rate-limit.ts';

/** The limits of the public API, each with its own key. */
export class RateLimits {
  /** Beginning to connect or reconnect: by person. */
  readonly beginnings: RateLimit;
  /** Claims and selections: by session and person. */
  readonly claims: RateLimit;
  /** Start links, which anybody can open: by session. */
  readonly starts: RateLimit;
  /** "Check now" and "Refresh now": by connection. */
  readonly attempts: RateLimit;

  constructor(limits: Pick<RateLimits, 'beginnings' | 'claims' | 'starts' | 'attempts'>) {
    this.beginnings = limits.beginnings;
    this.claims = limits.claims;
    this.starts = limits.starts;
    this.attempts = limits.attempts;
  }
}
