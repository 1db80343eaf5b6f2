import {
  type CodeExchange,
  type Consent,
  type ExchangedTokens,
  type GrantTokens,
  PlatformFailure,
  readBearerAnswer,
} from '@mooring/adapters-core';
import { seconds } from '@mooring/contracts';
import type { Profile } from './profile.ts';
import { OFFLINE_ACCESS } from './scopes.ts';
import type { TokenEndpoint } from './token-endpoint.ts';

/** Exchanges the code, which X keeps for 30 seconds and takes once. */
export async function exchangeCode(
  endpoint: TokenEndpoint,
  tokenUrl: string,
  { code, redirectUri, codeVerifier }: CodeExchange,
): Promise<ExchangedTokens> {
  if (!codeVerifier) {
    throw new PlatformFailure({ class: 'misconfigured', detail: 'X demands PKCE', mayHaveArrived: false });
  }
  const answer = await endpoint.post(tokenUrl, {
    grant_type: 'authorization_code',
    code: code.reveal(),
    redirect_uri: redirectUri,
    code_verifier: codeVerifier.reveal(),
  });
  return readTokenAnswer(answer);
}

/**
 * Reads who consented to what. Where the answer named no scopes, those that were asked for are granted (RFC 6749 section 5.1);
 * `offline.access` is worth nothing without a refresh token, and then counts as missing (C11).
 */
export async function establish(
  profile: Profile,
  tokens: ExchangedTokens,
  given: { readonly asked: readonly string[]; readonly now: Date },
): Promise<Consent> {
  const user = await profile.read(tokens.accessToken);
  const granted = [...new Set(tokens.grantedScopes ?? given.asked)];
  return {
    subjectId: user.accountId,
    subjectName: user.displayName,
    grantedScopes: tokens.refreshToken ? granted : granted.filter((scope) => scope !== OFFLINE_ACCESS),
    tokens: grantTokensOf(tokens, given.now),
  };
}

/** Reads an answer of the token endpoint. @throws PlatformFailure `unexpected` for one without a usable bearer token */
export function readTokenAnswer(answer: Readonly<Record<string, unknown>>): ExchangedTokens {
  const { token_type: type = 'bearer' } = answer;
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer') {
    throw new PlatformFailure({ class: 'unexpected', detail: 'the token answer is not of type bearer' });
  }
  return readBearerAnswer(answer);
}

/** Tokens with their clocks; how long a refresh token lives X doesn't say, and nobody guesses. */
export function grantTokensOf(tokens: ExchangedTokens, issuedAt: Date): GrantTokens {
  const { accessToken, refreshToken, expiresInSeconds, refreshExpiresInSeconds } = tokens;
  const at = (lifeSeconds: number | null): Date | null =>
    lifeSeconds === null ? null : new Date(issuedAt.getTime() + seconds(lifeSeconds));
  const clocks = { issuedAt, dataAccessExpiresAt: null };
  return {
    access: { value: accessToken, expiresAt: at(expiresInSeconds), ...clocks },
    refresh: refreshToken && { value: refreshToken, expiresAt: at(refreshExpiresInSeconds), ...clocks },
  };
}
