import type { Platform, ProblemCode } from '@mooring/contracts';
import { METRICS, Metrics } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';

/**
 * How a session ended: `done`, the problem that the person was told, `not_chosen` (nobody chose in time), `not_returned`
 * (the platform sent nobody back, which is noticed when the session is forgotten).
 */
export type SessionResult = 'done' | 'not_chosen' | 'not_returned' | ProblemCode;

/** Counts the ends of connect sessions, for the operator's alerts. */
@Injectable()
export class SessionCounter {
  constructor(private readonly metrics: Metrics) {}

  /** To be called once the end is committed. */
  ended(platform: Platform, result: SessionResult): void {
    this.metrics.counter(METRICS.connectSessions).inc({ platform, result });
  }
}
