import type { CodeExchange, Consent, ExchangedTokens, GrantTokens, IssuedToken } from '@mooring/adapters-core';
import { guardAnswer, readBearerAnswer } from '@mooring/adapters-core';
import { seconds } from '@mooring/contracts';
import type { BulletinCalls } from './calls.ts';
import { Boards, TokenAnswer } from './schemas.ts';
import { ASKED_SCOPES } from './scopes.ts';

/** Code for tokens. */
export async function exchangeCode(calls: BulletinCalls, exchange: CodeExchange): Promise<ExchangedTokens> {
  const form = { grant_type: 'authorization_code', code: exchange.code.reveal(), redirect_uri: exchange.redirectUri };
  return readBearerAnswer(guardAnswer(TokenAnswer, await calls.token(form), 'the token answer'));
}

/** Who consented, and to what. */
export async function establish(calls: BulletinCalls, tokens: ExchangedTokens): Promise<Consent> {
  const { owner } = guardAnswer(Boards, await calls.boards(tokens.accessToken), 'the list of boards');
  return {
    subjectId: owner.id,
    subjectName: owner.name,
    grantedScopes: tokens.grantedScopes ?? ASKED_SCOPES,
    tokens: grantTokens(tokens, calls.now()),
  };
}

/** Tokens with the clocks that came with them. */
export function grantTokens(tokens: ExchangedTokens, now: Date): GrantTokens {
  const issued = (value: IssuedToken['value'], livesSeconds: number | null): IssuedToken => ({
    value,
    issuedAt: now,
    expiresAt: livesSeconds === null ? null : new Date(now.getTime() + seconds(livesSeconds)),
    dataAccessExpiresAt: null,
  });
  return {
    access: issued(tokens.accessToken, tokens.expiresInSeconds),
    refresh: tokens.refreshToken && issued(tokens.refreshToken, tokens.refreshExpiresInSeconds),
  };
}
