import type { DurationMs } from '@mooring/contracts';
import type { FeedKind, WholeFeed } from './ports.ts';

/** How long rows are kept; real time. */
export interface FeedRetention {
  /** Rows that people see. */
  readonly shownMs: DurationMs;
  /** Rows of the live stream alone; who was away for longer begins afresh. */
  readonly liveMs: DurationMs;
}

const SWEEP_ROWS_MAX = 1_000;
const SHOWN: readonly FeedKind[] = ['toast', 'notice'];
const LIVE_ALONE: readonly FeedKind[] = ['alert', 'connection'];

/** Deletes what is older than its time, in bounded steps. */
export class SweepFeed {
  readonly #feed: WholeFeed;
  readonly #retention: FeedRetention;

  constructor(feed: WholeFeed, retention: FeedRetention) {
    this.#feed = feed;
    this.#retention = retention;
  }

  /** One round; answers whether more may be old enough. */
  async run(): Promise<boolean> {
    const live = await this.#feed.sweep(LIVE_ALONE, this.#retention.liveMs, SWEEP_ROWS_MAX);
    const shown = await this.#feed.sweep(SHOWN, this.#retention.shownMs, SWEEP_ROWS_MAX);
    return live === SWEEP_ROWS_MAX || shown === SWEEP_ROWS_MAX;
  }
}
