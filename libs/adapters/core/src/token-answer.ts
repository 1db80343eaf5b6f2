import { Secret } from '@mooring/contracts';
import type { ExchangedTokens } from './adapter.ts';
import { PlatformFailure } from './platform-failure.ts';
import { isUsableToken, readToken } from './tokens.ts';

/**
 * Reads the answer of a token endpoint as RFC 6749 section 5.1 has it; platforms that name things otherwise read their own.
 * Scopes may be separated by spaces or commas. An expiry that isn't there, or isn't a number of seconds, stays unknown.
 * @throws PlatformFailure `unexpected` where there is no usable access token, whatever the status said (C87)
 */
export function readBearerAnswer(answer: Readonly<Record<string, unknown>>): ExchangedTokens {
  const { access_token: access, refresh_token: refresh, scope } = answer;
  return {
    accessToken: readToken(access, 'the token answer'),
    refreshToken: isUsableToken(refresh) ? new Secret(refresh) : null,
    expiresInSeconds: readSeconds(answer['expires_in']),
    refreshExpiresInSeconds: readSeconds(answer['refresh_token_expires_in'] ?? answer['refresh_expires_in']),
    grantedScopes: typeof scope === 'string' ? readScopes(scope) : null,
    subjectId: null,
  };
}

/**
 * For renewals that spend what they renew with: a success that holds no usable token has spent it all the same, and is an
 * answer that got lost. `transient`, since it may have arrived: what was spent is not sent again at once.
 * @param error what reading a success threw; a refusal is none
 */
export function asLostAnswer(error: unknown): unknown {
  if (!(error instanceof PlatformFailure) || error.class !== 'unexpected') return error;
  const { platformCode, message: detail } = error;
  return new PlatformFailure({ class: 'transient', platformCode, detail, mayHaveArrived: true });
}

/** A life beyond this is no statement about a token (C10), and may be no date at all. */
const LIFE_SECONDS_MAX = 10 * 365 * 86_400;

/** A token's life: a whole number of seconds above zero, also where it came as text; null for anything else. */
export function readSeconds(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,12}$/.test(value) ? Number(value) : value;
  const isLife = typeof number === 'number' && Number.isSafeInteger(number) && number > 0;
  return isLife && number <= LIFE_SECONDS_MAX ? number : null;
}

/** Scopes from a text that separates them by spaces or commas. */
export function readScopes(text: string): string[] {
  return text.split(/[\s,]+/).filter((scope) => scope !== '');
}
