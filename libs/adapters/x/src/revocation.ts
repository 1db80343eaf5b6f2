import { type GrantTokens, type IssuedToken, PlatformFailure } from '@mooring/adapters-core';
import type { TokenEndpoint } from './token-endpoint.ts';

/**
 * Takes back the refresh token, then the access token: whether the one ends the other isn't documented, and the refresh token
 * is the one that lasts. A token that X no longer knows needs no taking back. Without tokens X offers no way.
 */
export async function revoke(
  endpoint: TokenEndpoint,
  revokeUrl: string,
  tokens: GrantTokens | null,
): Promise<'revoked' | 'unsupported'> {
  if (!tokens) return 'unsupported';
  const end = (token: IssuedToken, hint: string): Promise<void> =>
    tolerant(endpoint.post(revokeUrl, { token: token.value.reveal(), token_type_hint: hint }));
  if (tokens.refresh) await end(tokens.refresh, 'refresh_token');
  await end(tokens.access, 'access_token');
  return 'revoked';
}

async function tolerant(revocation: Promise<unknown>): Promise<void> {
  try {
    await revocation;
  } catch (error) {
    if (!(error instanceof PlatformFailure) || error.class !== 'reauthorization_required') throw error;
  }
}
