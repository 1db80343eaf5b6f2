import { type GrantTokens, guardAnswer, PlatformFailure, readBearerAnswer } from '@mooring/adapters-core';
import type { BulletinCalls } from './calls.ts';
import { grantTokens } from './exchange.ts';
import { TokenAnswer } from './schemas.ts';

/** A new access token for the refresh token, which stays. */
export async function renew(calls: BulletinCalls, tokens: GrantTokens): Promise<GrantTokens> {
  if (!tokens.refresh)
    throw new PlatformFailure({ class: 'unexpected', detail: 'there is no refresh token', mayHaveArrived: false });
  const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh.value.reveal() };
  const answer = readBearerAnswer(guardAnswer(TokenAnswer, await calls.token(form), 'the renewal'));
  return grantTokens(answer, calls.now());
}
