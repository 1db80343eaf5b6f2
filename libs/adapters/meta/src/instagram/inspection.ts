import { type InspectionTarget, PlatformFailure, type TokenInspection } from '@mooring/adapters-core';
import type { InstagramApi } from './instagram-api.ts';

/** With these Instagram speaks of the token. */
const VERDICTS: ReadonlySet<string> = new Set([
  'reauthorization_required',
  'user_action_required',
  'permission_missing',
]);

/** `/me` that doesn't exist: the token's own account is out of its reach (C24). */
const NO_SUCH_ACCOUNT = '100/33';

/**
 * Asks `/me`, because Instagram has no `debug_token`. It tells neither expiry nor permissions, so that what was known of them
 * stands; a missing basic permission refuses `/me` itself.
 */
export async function inspect(api: InstagramApi, { token, account }: InspectionTarget): Promise<TokenInspection> {
  try {
    const profile = await api.profile(token);
    if (account && String(profile.user_id) !== account.accountId) return { alive: false, failure: otherAccount() };
    return { alive: true, missingScopes: [] };
  } catch (error) {
    if (!(error instanceof PlatformFailure)) throw error;
    if (VERDICTS.has(error.class)) return { alive: false, failure: error };
    if (error.platformCode === NO_SUCH_ACCOUNT) return { alive: false, failure: goneAccount(error) };
    throw error;
  }
}

/** Publishing with a token that lives but is another account's would act as somebody else (C37). */
function otherAccount(): PlatformFailure {
  return new PlatformFailure({
    class: 'reauthorization_required',
    reason: 'unknown',
    detail: 'the token is of another account',
    suspectOwnStorage: true,
  });
}

function goneAccount({ platformCode, message }: PlatformFailure): PlatformFailure {
  return new PlatformFailure({ class: 'reauthorization_required', reason: 'unknown', platformCode, detail: message });
}
