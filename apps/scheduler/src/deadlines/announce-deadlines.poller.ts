import type { PollLoopOptions } from '../polling/poll-loop.ts';
import type { AnnounceDeadlines } from './announce-deadlines.ts';

/** A round of reminders. */
export const announceDeadlinesRound =
  (announceDeadlines: AnnounceDeadlines): PollLoopOptions['round'] =>
  async () =>
    (await announceDeadlines.run()).more;
