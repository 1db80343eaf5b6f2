import { InvalidCallbackError, type RawCallback, type VerifiedCallback } from '@mooring/adapters-core';
import { MooringError, type Platform } from '@mooring/contracts';
import { METRICS, Metrics } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import { AttemptQueue } from '../attempts/attempt-queue.ts';
import { Platforms } from '../platforms/platforms.ts';
import { CallbackRecords } from './callback-records.ts';

/**
 * Takes a platform's notice in: verified on its raw body, recorded once, answered at once. Nothing changes by the notice
 * itself: it asks for an inspection of every grant of that person, which confirms it or doesn't.
 */
@Injectable()
export class ReceiveCallback {
  constructor(
    private readonly platforms: Platforms,
    private readonly records: CallbackRecords,
    private readonly attempts: AttemptQueue,
    private readonly metrics: Metrics,
  ) {}

  async run(platform: Platform, request: RawCallback): Promise<void> {
    const adapter = this.platforms.adapter(platform);
    const count = (result: string): void => this.metrics.counter(METRICS.callbacks).inc({ platform, result });
    let notices: readonly VerifiedCallback[];
    try {
      notices = adapter.readPlatformCallback(request);
    } catch (error) {
      if (!(error instanceof InvalidCallbackError)) throw error;
      count('refused');
      throw new MooringError('forbidden', { cause: error });
    }
    for (const notice of notices) {
      const found = await this.records.record(adapter, notice);
      count(found === null ? 'repeated' : 'recorded');
    }
    this.attempts.wake();
  }
}
