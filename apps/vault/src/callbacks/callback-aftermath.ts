import type { Platform } from '@mooring/contracts';
import { METRICS, Metrics } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import { AttemptQueue } from '../attempts/attempt-queue.ts';

/** What follows from a notice that was taken in, beside its rows. */
@Injectable()
export class CallbackAftermath {
  constructor(
    private readonly attempts: AttemptQueue,
    private readonly metrics: Metrics,
  ) {}

  count(platform: Platform, result: 'recorded' | 'repeated' | 'refused'): void {
    this.metrics.counter(METRICS.callbacks).inc({ platform, result });
  }

  /** Lets the pool inspect now. */
  wake(): void {
    this.attempts.wake();
  }
}
