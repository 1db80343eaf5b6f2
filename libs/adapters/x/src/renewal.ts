import { asLostAnswer, type GrantTokens, PlatformFailure } from '@mooring/adapters-core';
import { grantTokensOf, readTokenAnswer } from './exchange.ts';
import type { TokenEndpoint } from './token-endpoint.ts';

/**
 * Spends the refresh token: one call, never repeated here, because X takes it once and a lost answer is lost, as is one without
 * a usable token. An answer without a new refresh token leaves the caller's as it is; life is counted from before the call.
 */
export async function renew(
  endpoint: TokenEndpoint,
  tokens: GrantTokens,
  given: { readonly tokenUrl: string; readonly now: Date },
): Promise<GrantTokens> {
  if (!tokens.refresh) {
    const detail = 'there is no refresh token: X gave none without offline.access';
    throw new PlatformFailure({ class: 'unexpected', detail, mayHaveArrived: false });
  }
  const answer = await endpoint.post(given.tokenUrl, {
    grant_type: 'refresh_token',
    refresh_token: tokens.refresh.value.reveal(),
  });
  try {
    return grantTokensOf(readTokenAnswer(answer), given.now);
  } catch (error) {
    throw asLostAnswer(error);
  }
}
