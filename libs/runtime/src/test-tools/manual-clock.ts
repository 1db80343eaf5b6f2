import type { DurationMs } from '@mooring/contracts';
import { Clock } from '../clock-port.ts';

/** A clock that stands still until a test moves it. */
export class ManualClock extends Clock {
  #now: Date;

  constructor(start: Date | string = '2026-01-01T00:00:00.000Z') {
    super();
    this.#now = new Date(start);
  }

  now(): Date {
    return new Date(this.#now);
  }

  set(now: Date | string): void {
    this.#now = new Date(now);
  }

  advance(durationMs: DurationMs): void {
    this.#now = new Date(this.#now.getTime() + durationMs);
  }
}
