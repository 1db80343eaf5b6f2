import { type DurationMs, hours, minutes } from '@mooring/contracts';
import { PollLoop, type PollLoopHost } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import { DiscardStalePending } from '../grants/discard-stale-pending.ts';
import { Retention } from './retention.ts';

/** How often old rows are looked for. */
export abstract class HousekeepingSettings {
  abstract readonly everyMs: DurationMs;
}

const STUCK_MS: DurationMs = hours(1);

/** Throws pending grants away that nobody claimed, and old rows. */
@Injectable()
export class HousekeepingPoller {
  constructor(
    private readonly retention: Retention,
    private readonly stalePending: DiscardStalePending,
    private readonly settings: HousekeepingSettings,
  ) {}

  loop(host: PollLoopHost): PollLoop {
    const { everyMs } = this.settings;
    return new PollLoop(
      {
        name: 'housekeeping',
        everyMs,
        staleAfterMs: STUCK_MS + everyMs + minutes(1),
        round: async () => {
          await this.stalePending.run();
          await this.retention.run();
        },
      },
      host,
    );
  }
}
