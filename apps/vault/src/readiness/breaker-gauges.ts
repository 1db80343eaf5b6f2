import { Injectable } from '@nestjs/common';
import { LimitNews } from '../limits/limit-news.ts';
import { LimitTime, type PlatformApp } from '../limits/ports.ts';
import { ReadinessRecords } from './readiness-records.ts';

/** Shows the shared state of breakers, also where this replica makes no calls. */
@Injectable()
export class BreakerGauges {
  constructor(
    private readonly records: ReadinessRecords,
    private readonly news: LimitNews,
    private readonly time: LimitTime,
  ) {}

  async show(app: PlatformApp): Promise<void> {
    const state = await this.records.stateOf(app);
    if (state) this.news.breaker(app, state, this.time.nowMs());
  }
}
