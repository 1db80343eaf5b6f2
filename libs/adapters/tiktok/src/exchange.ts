import {
  type CodeExchange,
  type Consent,
  type ExchangedTokens,
  type GrantTokens,
  type IssuedToken,
  isUsableToken,
  parsePlatformJson,
  PlatformFailure,
  type PlatformResponse,
  readBearerAnswer,
} from '@mooring/adapters-core';
import type { Secret } from '@mooring/contracts';
import { shownText } from './discovery.ts';
import { classifyTikTokAnswer } from './errors.ts';
import type { OpenApi } from './open-api.ts';
import { fits, TokenOwner, UserInfo } from './schemas.ts';
import { IDENTITY_SCOPE, userFieldsFor } from './scopes.ts';

/** Exchanges a code, once: it is spent by that. */
export async function exchangeCode(api: OpenApi, tokenUrl: string, exchange: CodeExchange): Promise<ExchangedTokens> {
  const { code, redirectUri, codeVerifier } = exchange;
  const answer = await api.asApp(tokenUrl, {
    grant_type: 'authorization_code',
    code: code.reveal(),
    redirect_uri: redirectUri,
    ...(codeVerifier && { code_verifier: codeVerifier.reveal() }),
  });
  return readTokenAnswer(answer);
}

/**
 * Reads the token endpoint's answer: a usable access token is a success whatever the status, and nothing else is (C87).
 * @throws PlatformFailure
 */
export function readTokenAnswer({ status, body, headers }: PlatformResponse): ExchangedTokens {
  const answer = objectOf(body);
  if (!isUsableToken(answer['access_token'])) throw classifyTikTokAnswer(status, body, headers);
  return { ...readBearerAnswer(answer), subjectId: fits(TokenOwner, answer) ? answer.open_id : null };
}

/** True for an answer that refuses nothing, whether it holds a token or not. */
export function namesNoError({ status, body }: PlatformResponse): boolean {
  return status >= 200 && status < 300 && !('error' in objectOf(body));
}

/** Tokens with the clocks that came with them. TikTok counts what remains, so that the refresh token's end stays where it is. */
export function issuedTokens(tokens: ExchangedTokens, issuedAt: Date): GrantTokens {
  const { accessToken, refreshToken, expiresInSeconds, refreshExpiresInSeconds } = tokens;
  const issued = (value: Secret, seconds: number | null): IssuedToken => ({
    value,
    issuedAt,
    expiresAt: seconds === null ? null : new Date(issuedAt.getTime() + seconds * 1_000),
    dataAccessExpiresAt: null,
  });
  return {
    access: issued(accessToken, expiresInSeconds),
    refresh: refreshToken && issued(refreshToken, refreshExpiresInSeconds),
  };
}

/** Who consented to what. `open_id` is kept as it is: webhooks name it so. */
export async function establish(
  { api, userInfoUrl, now }: { readonly api: OpenApi; readonly userInfoUrl: string; readonly now: () => Date },
  tokens: ExchangedTokens,
): Promise<Consent> {
  const { grantedScopes, subjectId } = tokens;
  if (grantedScopes === null) throw unlikeDocumented('the token answer names no scopes');
  const issued = issuedTokens(tokens, now());
  // Without this scope TikTok says nothing of the account; the offer names it as missing.
  if (!grantedScopes.includes(IDENTITY_SCOPE)) {
    if (subjectId === null) throw unlikeDocumented('the token answer names nobody');
    return { subjectId, subjectName: null, grantedScopes, tokens: issued };
  }
  const { user } = await api.call(tokens.accessToken, {
    ...{ url: userInfoUrl, schema: UserInfo, what: 'user info', scope: IDENTITY_SCOPE },
    fields: userFieldsFor(grantedScopes),
  });
  if (subjectId !== null && subjectId !== user.open_id) {
    throw unlikeDocumented('the token is of another account than the platform says');
  }
  return { subjectId: user.open_id, subjectName: shownText(user.display_name), grantedScopes, tokens: issued };
}

function unlikeDocumented(detail: string): PlatformFailure {
  return new PlatformFailure({ class: 'unexpected', detail });
}

function objectOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const answer = parsePlatformJson(body);
    return typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
