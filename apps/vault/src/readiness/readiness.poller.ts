import { type DurationMs, minutes } from '@mooring/contracts';
import { PollLoop, type PollLoopHost } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import { LimitNews } from '../limits/limit-news.ts';
import { CheckReadiness, ReadinessSettings } from './check-readiness.ts';

const EVERY_MS_MAX: DurationMs = 5_000;
const STUCK_MS: DurationMs = minutes(10);

/** Has the platforms' apps checked: at the start, every so often, and as soon as a platform says that something is wrong. */
@Injectable()
export class ReadinessPoller {
  constructor(
    private readonly checkReadiness: CheckReadiness,
    private readonly news: LimitNews,
    private readonly settings: ReadinessSettings,
  ) {}

  loop(host: PollLoopHost): PollLoop {
    let isHasty = true;
    const round = async (): Promise<void> => {
      if (isHasty) await this.checkReadiness.hasten();
      isHasty = false;
      await this.checkReadiness.run();
    };
    const everyMs = Math.min(EVERY_MS_MAX, this.settings.everyMs);
    const loop = new PollLoop({ name: 'readiness-of-platforms', everyMs, staleAfterMs: STUCK_MS, round }, host);
    this.news.listen(() => {
      isHasty = true;
      loop.wake();
    });
    return loop;
  }
}
