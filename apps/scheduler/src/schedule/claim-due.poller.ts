import type { PollLoopOptions } from '../polling/poll-loop.ts';
import type { ClaimDue } from './claim-due.ts';

/** A round of claims. */
export const claimDueRound =
  (claimDue: ClaimDue): PollLoopOptions['round'] =>
  async () =>
    (await claimDue.run()).more;
