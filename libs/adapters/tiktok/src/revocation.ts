import { type GrantTokens, parsePlatformJson, PlatformFailure, type PlatformResponse } from '@mooring/adapters-core';
import type { Secret } from '@mooring/contracts';
import type { TikTokEndpoints } from './endpoints.ts';
import { classifyTikTokAnswer } from './errors.ts';
import type { OpenApi } from './open-api.ts';
import { renew } from './renewal.ts';
import { fits, OAuthErrorEnvelope } from './schemas.ts';

interface Parts {
  readonly api: OpenApi;
  readonly endpoints: Pick<TikTokEndpoints, 'revokeUrl' | 'tokenUrl'>;
  readonly now: () => Date;
}

/**
 * Takes the whole consent back. TikTok wants a living access token for it: one that has lapsed, or that TikTok calls dead, is
 * renewed first, and where that is refused too there is nothing left to take back.
 */
export async function revoke({ api, endpoints, now }: Parts, tokens: GrantTokens | null): Promise<'revoked'> {
  if (!tokens) {
    const detail = 'TikTok takes a consent back with its access token only, and there is none that can be opened';
    throw new PlatformFailure({ class: 'unexpected', detail, mayHaveArrived: false });
  }
  const { access, refresh } = tokens;
  const hasLapsed = access.expiresAt !== null && access.expiresAt <= now();
  if (!hasLapsed && (await takeBack(api, endpoints.revokeUrl, access.value))) return 'revoked';
  if (!refresh) return 'revoked';
  try {
    const renewed = await renew({ api, tokenUrl: endpoints.tokenUrl, now }, tokens);
    await twiceIfCut(() => takeBack(api, endpoints.revokeUrl, renewed.access.value));
  } catch (error) {
    if (!isDead(error)) throw error;
  }
  return 'revoked';
}

/**
 * The renewed token is nobody else's: whoever tries again later finds the refresh token spent, and would take the consent for
 * ended. Taking back twice does no harm.
 */
async function twiceIfCut(attempt: () => Promise<unknown>): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    if (!(error instanceof PlatformFailure) || error.class !== 'transient') throw error;
    await attempt();
  }
}

/** False where TikTok calls the token dead; that is answered with status 200 too. */
async function takeBack(api: OpenApi, revokeUrl: string, token: Secret): Promise<boolean> {
  const answer = await api.asApp(revokeUrl, { token: token.reveal() });
  if (isDone(answer)) return true;
  const failure = classifyTikTokAnswer(answer.status, answer.body, answer.headers);
  if (isDead(failure)) return false;
  throw failure;
}

/** Documented as an empty body; an empty object was seen too. */
function isDone({ status, body }: PlatformResponse): boolean {
  if (status < 200 || status >= 300) return false;
  if (body.trim() === '') return true;
  const answer = parsePlatformJson(body);
  return typeof answer === 'object' && answer !== null && !fits(OAuthErrorEnvelope, answer) && !('error' in answer);
}

function isDead(error: unknown): boolean {
  return error instanceof PlatformFailure && error.platformCode === 'invalid_grant';
}
