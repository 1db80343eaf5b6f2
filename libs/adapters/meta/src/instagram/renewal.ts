import type { GrantTokens } from '@mooring/adapters-core';
import { type ExchangeContext, issuedToken } from './exchange.ts';
import { INSTAGRAM_POLICY } from './policy.ts';
import { LongLivedAnswer } from './schemas.ts';

/**
 * Exchanges a living token for one of another 60 days. The app secret isn't asked for. A token younger than 24 hours can't be
 * exchanged, and what Instagram answers then isn't documented: it is kept as it is, nothing is asked, and nothing can be taken
 * for a failed renewal when a person presses "Refresh" too soon.
 */
export async function renew({ api, now }: ExchangeContext, tokens: GrantTokens): Promise<GrantTokens> {
  const { issuedAt } = tokens.access;
  if (issuedAt && now().getTime() - issuedAt.getTime() < INSTAGRAM_POLICY.refreshMinimumAgeMs) return tokens;
  const answer = await api.withToken('GET', tokens.access.value, {
    url: api.urls.refreshUrl,
    query: { grant_type: 'ig_refresh_token' },
    schema: LongLivedAnswer,
    what: 'refreshed token',
  });
  return { access: issuedToken(answer, now()), refresh: null };
}
