import type { PollRound } from '@mooring/runtime';
import type { ClaimDue } from './claim-due.ts';

/** A round of claims. */
export const claimDueRound =
  (claimDue: ClaimDue): PollRound =>
  async () =>
    (await claimDue.run()).more;
