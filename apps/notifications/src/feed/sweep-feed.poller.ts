import type { PollLoopOptions } from '../polling/poll-loop.ts';
import type { SweepFeed } from './sweep-feed.ts';

/** A round of retention. */
export const sweepFeedRound =
  (sweepFeed: SweepFeed): PollLoopOptions['round'] =>
  () =>
    sweepFeed.run();
