import type { DurationMs } from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import { LimitTime } from './ports.ts';

/** Real time. */
@Injectable()
export class SystemLimitTime extends LimitTime {
  nowMs(): number {
    return Date.now();
  }

  after(delayMs: DurationMs, work: () => void): () => void {
    const timer = setTimeout(work, delayMs).unref();
    return () => clearTimeout(timer);
  }
}
