import type { DurationMs } from '@mooring/contracts';
import { Loops } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import { PoolSettings } from './pool-settings.ts';

/** What every poller needs beside its work. */
@Injectable()
export class PollerContext {
  constructor(
    readonly settings: PoolSettings,
    readonly loops: Loops,
  ) {}

  bounds(): { pollMs: DurationMs; renewMs: DurationMs } {
    return { pollMs: this.settings.pollMs, renewMs: Math.max(1_000, Math.floor(this.settings.leaseMs / 3)) };
  }
}
