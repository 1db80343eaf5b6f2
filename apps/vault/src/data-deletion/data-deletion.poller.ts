import type { DurationMs } from '@mooring/contracts';
import { PollLoop, type PollLoopHost } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import { HousekeepingSettings } from '../housekeeping/housekeeping.poller.ts';
import { EraseGrants } from './erase-grants.ts';

const EVERY_MS_MAX: DurationMs = 10_000;

/** Looks for data to delete. */
@Injectable()
export class DataDeletionPoller {
  constructor(
    private readonly eraseGrants: EraseGrants,
    private readonly settings: HousekeepingSettings,
  ) {}

  loop(host: PollLoopHost): PollLoop {
    const everyMs = Math.min(EVERY_MS_MAX, this.settings.everyMs);
    return new PollLoop({ name: 'data-deletion', everyMs, round: () => this.eraseGrants.run() }, host);
  }
}
