import type { Secret } from '@mooring/contracts';
import {
  type CodeExchange,
  type Consent,
  type ExchangedTokens,
  type IssuedToken,
  readScopes,
  readSeconds,
  readToken,
} from '@mooring/adapters-core';
import { nameOf } from '../graph/presentation.ts';
import type { InstagramApi } from './instagram-api.ts';
import { type Exchange, ExchangeAnswer, LongLivedAnswer, unwrap } from './schemas.ts';

/** What an exchange needs beside the address. */
export interface ExchangeContext {
  readonly api: InstagramApi;
  readonly app: { readonly appId: string; readonly appSecret: Secret };
  readonly now: () => Date;
}

/** Exchanges the code, which lives an hour and is spent once, for a token of an hour. */
export async function exchangeCode(
  { api, app }: ExchangeContext,
  { code, redirectUri }: CodeExchange,
): Promise<ExchangedTokens> {
  const form = {
    client_id: app.appId,
    client_secret: app.appSecret.reveal(),
    grant_type: 'authorization_code',
    redirect_uri: redirectUri,
    code: code.reveal(),
  };
  const answer = unwrap<Exchange>(
    await api.post(form, { url: api.urls.tokenUrl, schema: ExchangeAnswer, what: 'the token answer' }),
  );
  return {
    accessToken: readToken(answer.access_token, 'the token answer'),
    refreshToken: null,
    expiresInSeconds: null,
    refreshExpiresInSeconds: null,
    grantedScopes: permissionsOf(answer),
    subjectId: answer.user_id === undefined ? null : String(answer.user_id),
  };
}

/**
 * Makes the token of an hour one of 60 days. The person is known by the app-scoped id; permissions are those that the code
 * exchange named, or, where it named none, those that were asked for (RFC 6749 section 5.1).
 */
export async function establish(
  context: ExchangeContext,
  tokens: ExchangedTokens,
  askedScopes: readonly string[],
): Promise<Consent> {
  const { api, app } = context;
  const query = { grant_type: 'ig_exchange_token', client_secret: app.appSecret.reveal() };
  const answer = await api.withToken('GET', tokens.accessToken, {
    url: api.urls.longLivedUrl,
    query,
    schema: LongLivedAnswer,
    what: 'long-lived token',
  });
  const access = issuedToken(answer, context.now());
  const profile = await api.profile(access.value);
  return {
    subjectId: String(profile.id),
    subjectName: nameOf(profile.name) ?? nameOf(profile.username),
    grantedScopes: tokens.grantedScopes ?? askedScopes,
    tokens: { access, refresh: null },
  };
}

/** Reads a long-lived token; how long it lives is what the answer says, and unknown where it doesn't (C10). */
export function issuedToken(answer: { access_token: string; expires_in?: number | string }, now: Date): IssuedToken {
  const seconds = readSeconds(answer.expires_in);
  return {
    value: readToken(answer.access_token, 'long-lived token'),
    issuedAt: now,
    expiresAt: seconds === null ? null : new Date(now.getTime() + seconds * 1_000),
    dataAccessExpiresAt: null,
  };
}

function permissionsOf({ permissions }: Exchange): string[] | null {
  if (permissions === undefined) return null;
  return [...new Set(readScopes([permissions].flat().join(',')))];
}
