import { type DurationMs, hours, minutes } from '@mooring/contracts';
import { Loops } from '@mooring/runtime';
import { Injectable, Logger } from '@nestjs/common';
import { PollLoop } from '../pool/poll-loop.ts';
import { Retention } from './retention.ts';
import { DiscardStalePending } from '../grants/discard-stale-pending.ts';

/** How often old rows are looked for. */
export abstract class HousekeepingSettings {
  abstract readonly everyMs: DurationMs;
}

const STUCK_MS: DurationMs = hours(1);

/** Throws pending grants away that nobody claimed, and old rows. */
@Injectable()
export class HousekeepingPoller {
  readonly loop: PollLoop;
  readonly #logger = new Logger(HousekeepingPoller.name);

  constructor(retention: Retention, stalePending: DiscardStalePending, settings: HousekeepingSettings, loops: Loops) {
    this.loop = new PollLoop(
      {
        everyMs: settings.everyMs,
        round: async () => {
          await stalePending.run();
          await retention.run();
        },
        failed: (err) => this.#logger.error({ msg: 'housekeeping failed; the next round comes later', err }),
      },
      loops.register('housekeeping', STUCK_MS + settings.everyMs + minutes(1)),
    );
  }
}
