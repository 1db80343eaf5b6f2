import type { Fault } from '../faults/fault-box.ts';
import { textOf } from '../request-values.ts';
import type { OAuthCall } from './call.ts';
import type { IssuedTokens } from './issuer.ts';
import { OAuthRefusal } from './refusal.ts';
import type { OAuthWorld } from './world.ts';

/** What a token endpoint is asked, whatever the platform calls the parameters. */
export interface TokenAsk {
  grantType: string | undefined;
  clientId: string | undefined;
  clientSecret: string | undefined;
  code: string | undefined;
  redirectUri: string | undefined;
  verifier: string | undefined;
  refreshToken: string | undefined;
}

/** Refuses a client that isn't the registered app. Throws OAuthRefusal. */
export function checkClient(world: OAuthWorld, client: Pick<TokenAsk, 'clientId' | 'clientSecret'>): void {
  const { app } = world;
  if (client.clientId === undefined) throw new OAuthRefusal({ reason: 'client-missing', name: 'client_id' });
  if (client.clientId !== app.clientId) throw new OAuthRefusal({ reason: 'client-unknown' });
  if (client.clientSecret === undefined) throw new OAuthRefusal({ reason: 'client-missing', name: 'client_secret' });
  if (client.clientSecret !== app.clientSecret) throw new OAuthRefusal({ reason: 'client-secret' });
}

/** The parameters by their usual names (RFC 6749 §4.1.3, §6; RFC 7636 §4.5). */
export function readTokenAsk(call: OAuthCall): TokenAsk {
  const { body } = call;
  return {
    grantType: textOf(body, 'grant_type'),
    clientId: textOf(body, 'client_id'),
    clientSecret: textOf(body, 'client_secret'),
    code: textOf(body, 'code'),
    redirectUri: textOf(body, 'redirect_uri'),
    verifier: textOf(body, 'code_verifier'),
    refreshToken: textOf(body, 'refresh_token'),
  };
}

/** Kind of a call to a token endpoint, for the log. */
export function tokenKind(call: OAuthCall): string {
  const grantType = textOf(call.body, 'grant_type');
  if (grantType === 'refresh_token') return 'token.refresh';
  return grantType === 'authorization_code' ? 'token.code' : 'token.other';
}

function given(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new OAuthRefusal({ reason: 'parameter-missing', name });
  return value;
}

function exchangeCode(world: OAuthWorld, ask: TokenAsk, fault: Fault | undefined): IssuedTokens {
  const value = given(ask.code, 'code');
  const redirectUri = given(ask.redirectUri, 'redirect_uri');
  checkClient(world, ask);
  const code = world.codes.redeem({ code: value, redirectUri, verifier: ask.verifier });
  const person = world.grants.personOf(code);
  const issued = world.grants.open(person, { scopes: code.scopes, next: world.takeNextToken('code'), fault });
  code.familyId = issued.family.id;
  return issued;
}

/**
 * `authorization_code` and `refresh_token`: checks parameters, then the client, then does the work. Throws OAuthRefusal
 * before anything is changed, but for the reuse of a spent token.
 */
export function answerTokenAsk(world: OAuthWorld, ask: TokenAsk, fault?: Fault): IssuedTokens {
  const grantType = given(ask.grantType, 'grant_type');
  if (grantType === 'authorization_code') return exchangeCode(world, ask, fault);
  if (grantType !== 'refresh_token') throw new OAuthRefusal({ reason: 'grant-type', name: grantType });
  const refreshToken = given(ask.refreshToken, 'refresh_token');
  checkClient(world, ask);
  return world.grants.refresh(refreshToken, fault);
}
