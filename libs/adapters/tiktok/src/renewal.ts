import { asLostAnswer, type GrantTokens, type IssuedToken, PlatformFailure } from '@mooring/adapters-core';
import { minutes } from '@mooring/contracts';
import { issuedTokens, namesNoError, readTokenAnswer } from './exchange.ts';
import type { OpenApi } from './open-api.ts';

/** TikTok counts in seconds from its own now: ends that lie this near are the same end. */
const SAME_END_MS = minutes(5);

/**
 * Spends the refresh token, once: nothing is tried again here, because the next one may be on its way, or lost with an answer
 * that holds no token. A success without a refresh token names none, and the one in hand stays the last that is known.
 */
export async function renew(
  { api, tokenUrl, now }: { readonly api: OpenApi; readonly tokenUrl: string; readonly now: () => Date },
  { refresh }: GrantTokens,
): Promise<GrantTokens> {
  if (!refresh) {
    throw new PlatformFailure({ class: 'unexpected', detail: 'there is no refresh token', mayHaveArrived: false });
  }
  // Lives are counted from before the call: a slow answer never makes a token look younger than it is.
  const asked = now();
  const answer = await api.asApp(tokenUrl, { grant_type: 'refresh_token', refresh_token: refresh.value.reveal() });
  try {
    const renewed = issuedTokens(readTokenAnswer(answer), asked);
    return { access: renewed.access, refresh: renewed.refresh && withSteadyEnd(renewed.refresh, refresh) };
  } catch (error) {
    if (namesNoError(answer)) throw asLostAnswer(error);
    throw hasEnded(refresh, asked) ? lapsed(error) : error;
  }
}

/** The same deadline, told again with another rounding, stays the same: people were reminded of it. */
function withSteadyEnd(token: IssuedToken, before: IssuedToken): IssuedToken {
  const { expiresAt } = before;
  if (!expiresAt || !token.expiresAt) return { ...token, expiresAt: token.expiresAt ?? expiresAt };
  const isSame = Math.abs(token.expiresAt.getTime() - expiresAt.getTime()) <= SAME_END_MS;
  return isSame ? { ...token, expiresAt } : token;
}

function hasEnded({ expiresAt }: IssuedToken, now: Date): boolean {
  return expiresAt !== null && expiresAt <= now;
}

/** TikTok refuses a lapsed refresh token as it refuses a removed one; its end was known. */
function lapsed(error: unknown): unknown {
  if (!(error instanceof PlatformFailure) || error.class !== 'reauthorization_required') return error;
  const { class: failureClass, platformCode, message: detail } = error;
  return new PlatformFailure({ class: failureClass, reason: 'token_lapsed', platformCode, detail });
}
