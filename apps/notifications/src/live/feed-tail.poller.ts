import type { PollLoopOptions } from '../polling/poll-loop.ts';
import type { FeedTail } from './feed-tail.ts';

/** A round of the tail. */
export const feedTailRound =
  (tail: FeedTail): PollLoopOptions['round'] =>
  () =>
    tail.run();
