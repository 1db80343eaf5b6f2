import type { DurationMs } from '@mooring/contracts';
import { SystemLimitTime } from '../src/limits/system-limit-time.ts';

/** Real time that a test can let pass. */
export class ShiftedLimitTime extends SystemLimitTime {
  #shiftMs = 0;

  pass(ms: DurationMs): void {
    this.#shiftMs += ms;
  }

  override nowMs(): number {
    return super.nowMs() + this.#shiftMs;
  }
}
