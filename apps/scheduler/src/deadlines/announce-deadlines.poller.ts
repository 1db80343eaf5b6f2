import type { PollRound } from '@mooring/runtime';
import type { AnnounceDeadlines } from './announce-deadlines.ts';

/** A round of reminders. */
export const announceDeadlinesRound =
  (announceDeadlines: AnnounceDeadlines): PollRound =>
  async () =>
    (await announceDeadlines.run()).more;
