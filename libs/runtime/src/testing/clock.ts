// Reached only under the export condition `@mooring/testing`; must offer the same names as ../clock.ts.
import { Clock, type ClockControl } from '../clock-port.ts';

export { Clock, type ClockControl } from '../clock-port.ts';

/** Real time. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

class MovableClock extends Clock implements ClockControl {
  #offsetMs = 0;
  readonly #listeners: ((offsetMs: number) => Promise<void> | void)[] = [];

  get offsetMs(): number {
    return this.#offsetMs;
  }

  now(): Date {
    return new Date(Date.now() + this.#offsetMs);
  }

  async setOffset(offsetMs: number): Promise<void> {
    this.#offsetMs = offsetMs;
    for (const listener of this.#listeners) await listener(offsetMs);
  }

  onMove(listener: (offsetMs: number) => Promise<void> | void): void {
    this.#listeners.push(listener);
  }

  async loadFrom(load: () => Promise<number>): Promise<void> {
    this.#offsetMs = await load();
  }
}

const movable = new MovableClock();

/** The clock of this process, which {@link clockControl} moves. */
export const processClock: Clock = movable;

/** Moves {@link processClock}. */
export const clockControl: ClockControl | undefined = movable;
