import { type InspectionTarget, PlatformFailure, type TokenInspection } from '@mooring/adapters-core';
import { FAILURE_RULES } from '@mooring/contracts';
import type { Profile } from './profile.ts';

/**
 * Asks X whose the token is. A token that has lapsed and one that was taken back get the same answer, so that a renewal
 * decides. X says neither when a token lapses nor what it is good for: both stand as the consent gave them.
 */
export async function inspect(profile: Profile, { token, account }: InspectionTarget): Promise<TokenInspection> {
  try {
    const { accountId } = await profile.read(token);
    if (!account || account.accountId === accountId) return { alive: true, missingScopes: [] };
    return { alive: false, failure: anothersToken() };
  } catch (error) {
    if (!(error instanceof PlatformFailure) || !FAILURE_RULES[error.class].final) throw error;
    const renewalDecides = error.class === 'reauthorization_required';
    return { alive: false, failure: error, ...(renewalDecides && { renewalDecides }) };
  }
}

/** Publishing with it would act as somebody else (C37). */
function anothersToken(): PlatformFailure {
  const detail = 'the token is of another account than the stored one';
  return new PlatformFailure({
    class: 'reauthorization_required',
    reason: 'unknown',
    detail,
    suspectOwnStorage: true,
  });
}
