import { guardAnswer, type InspectionTarget, PlatformFailure, type TokenInspection } from '@mooring/adapters-core';
import { FAILURE_RULES } from '@mooring/contracts';
import type { BulletinCalls } from './calls.ts';
import { Boards } from './schemas.ts';

/** Reads the boards: a refusal is the token's end, a board that is gone is the end of its role. */
export async function inspect(calls: BulletinCalls, { token, account }: InspectionTarget): Promise<TokenInspection> {
  try {
    const { boards } = guardAnswer(Boards, await calls.boards(token), 'the list of boards');
    if (!account || boards.some(({ id }) => id === account.accountId)) return { alive: true, missingScopes: [] };
    const gone = { class: 'user_action_required', reason: 'role_lost', detail: 'the board is not listed' } as const;
    return { alive: false, failure: new PlatformFailure(gone) };
  } catch (error) {
    if (!(error instanceof PlatformFailure) || !FAILURE_RULES[error.class].final) throw error;
    return { alive: false, failure: error, renewalDecides: error.reason === 'token_lapsed' };
  }
}
