import type { GrantTokens } from '@mooring/adapters-core';
import { type ExchangeContext, issuedToken } from './exchange.ts';
import { LongLivedAnswer } from './schemas.ts';

/**
 * Exchanges a living token, at least 24 hours old, for one of another 60 days (the policy keeps to that age: what Instagram
 * answers before it isn't documented). The app secret isn't asked for.
 */
export async function renew({ api, now }: ExchangeContext, tokens: GrantTokens): Promise<GrantTokens> {
  const answer = await api.withToken('GET', tokens.access.value, {
    url: api.urls.refreshUrl,
    query: { grant_type: 'ig_refresh_token' },
    schema: LongLivedAnswer,
    what: 'refreshed token',
  });
  return { access: issuedToken(answer, now()), refresh: null };
}
