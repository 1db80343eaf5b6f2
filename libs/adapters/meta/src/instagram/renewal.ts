import type { GrantTokens } from '@mooring/adapters-core';
import { confirmed } from '../graph/confirmed.ts';
import { type ExchangeContext, issuedToken } from './exchange.ts';
import { INSTAGRAM_POLICY } from './policy.ts';
import { LongLivedAnswer } from './schemas.ts';

/**
 * Exchanges a living token for one of another 60 days. The app secret isn't asked for. A token younger than 24 hours can't be
 * exchanged, and what Instagram answers then isn't documented: it is kept as it is, nothing is asked, and nothing can be taken
 * for a failed renewal when a person presses "Refresh" too soon. Of a refusal `/me` says whether the token is dead.
 */
export async function renew({ api, now }: ExchangeContext, tokens: GrantTokens): Promise<GrantTokens> {
  const { issuedAt, value } = tokens.access;
  if (issuedAt && now().getTime() - issuedAt.getTime() < INSTAGRAM_POLICY.refreshMinimumAgeMs) return tokens;
  const call = {
    url: api.urls.refreshUrl,
    query: { grant_type: 'ig_refresh_token' },
    schema: LongLivedAnswer,
    what: 'refreshed token',
  };
  try {
    return { access: issuedToken(await api.withToken('GET', value, call), now()), refresh: null };
  } catch (error) {
    throw await confirmed(error, () => api.profile(value));
  }
}
