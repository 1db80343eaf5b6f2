import type { PollRound } from '@mooring/runtime';
import type { SweepFeed } from './sweep-feed.ts';

/** A round of retention. */
export const sweepFeedRound =
  (sweepFeed: SweepFeed): PollRound =>
  () =>
    sweepFeed.run();
