import type { PollRound } from '@mooring/runtime';
import type { FeedTail } from './feed-tail.ts';

/** A round of the tail. */
export const feedTailRound =
  (tail: FeedTail): PollRound =>
  () =>
    tail.run();
