import { toSeconds } from '../clock.ts';
import type { Answer } from '../faults/answer.ts';
import {
  answerTokenAsk,
  type AuthorizeRequest,
  type AuthorizeWire,
  checkClient,
  type HostWire,
  type OAuthCall,
  OAuthRefusal,
  type OAuthWorld,
  readTokenAsk,
  tokenKind,
  unapprovedScopes,
} from '../oauth/index.ts';
import { listOf, textOf } from '../request-values.ts';
import { oauthRefusal } from './refusals.ts';

const sameSet = (one: string[], other: string[]): boolean =>
  one.length === other.length && one.every((entry) => other.includes(entry));

const AUTHORIZE: AuthorizeWire = {
  path: '/oauth/v2/authorization',
  read: (query) => ({
    clientId: textOf(query, 'client_id'),
    redirectUri: textOf(query, 'redirect_uri') ?? '',
    responseType: textOf(query, 'response_type'),
    state: textOf(query, 'state'),
    scopes: (textOf(query, 'scope') ?? '').split(/\s+/).filter((scope) => scope !== ''),
    ...(listOf(query, 'code_challenge') ? { challenge: { method: 'S256', value: '' } } : {}),
    alwaysAsk: false,
  }),
  success: ({ code }) => ({ code }),
  denial: () => ({
    error: 'user_cancelled_authorize',
    error_description: 'The user cancelled the authorization',
  }),
  problem: (world, request) => {
    const [scope] = unapprovedScopes(world, request);
    if (scope === undefined) return undefined;
    const description = `Scope "${scope}" is not authorized for your application`;
    return { error: 'unauthorized_scope_error', error_description: description };
  },
  skips: hasAgreed,
  pageStatus: 401,
};

/** Somebody who has agreed to the same, and whose access hasn't lapsed, is sent back without being asked. */
function hasAgreed(
  world: OAuthWorld,
  request: AuthorizeRequest,
  person: OAuthWorld['profile']['people'][number],
): boolean {
  const { scopes } = world.stateOf(person);
  const lives = world.grants
    .ofPerson(person)
    .some((token) => token.kind === 'access' && world.grants.problem(token) === undefined);
  return scopes !== null && sameSet(scopes, request.scopes) && lives;
}

/** Neither token outlives the first consent's year. */
function accessToken(call: OAuthCall): Answer {
  const { world } = call;
  const ask = readTokenAsk(call);
  const isSelfServe = world.switch('selfServe') === true;
  if (isSelfServe && ask.grantType === 'refresh_token') throw new OAuthRefusal({ reason: 'refresh-unknown' });
  const { access, expiresInSeconds, refresh, refreshExpiresInSeconds } = answerTokenAsk(world, ask, call.fault);
  const refreshEndsAtMs = refresh?.expiresAtMs ?? Infinity;
  const isCut = !isSelfServe && access.expiresAtMs !== null && access.expiresAtMs > refreshEndsAtMs;
  if (isCut) access.expiresAtMs = refreshEndsAtMs;
  world.changed();
  return {
    status: 200,
    body: {
      access_token: access.value,
      expires_in: isCut ? refreshExpiresInSeconds : expiresInSeconds,
      ...(isSelfServe ? {} : { refresh_token: refresh?.value, refresh_token_expires_in: refreshExpiresInSeconds }),
      scope: access.scopes.join(','),
    },
  };
}

/** Answers 200 for a token of any fate; one that isn't the app's own is only said to be inactive. */
function introspect(call: OAuthCall): Answer {
  const { world, body } = call;
  checkClient(world, readTokenAsk(call));
  const value = textOf(body, 'token');
  if (value === undefined) throw new OAuthRefusal({ reason: 'parameter-missing', name: 'token' });
  const token = world.grants.find(value, 'access');
  if (token === undefined || world.switch('foreignTokens') === true) return { status: 200, body: { active: false } };
  const problem = world.grants.problem(token);
  const status = problem === undefined ? 'active' : problem === 'expired' ? 'expired' : 'revoked';
  return {
    status: 200,
    body: {
      active: problem === undefined,
      status,
      client_id: world.app.clientId,
      authorized_at: toSeconds(world.grants.familyOf(token).consentedAtMs),
      created_at: toSeconds(token.issuedAtMs),
      ...(token.expiresAtMs === null ? {} : { expires_at: toSeconds(token.expiresAtMs) }),
      scope: token.scopes.join(','),
      auth_type: '3L',
    },
  };
}

/** Undocumented; taken back is what came of one consent. */
function revoke(call: OAuthCall): Answer {
  const { world, body } = call;
  if (world.switch('withoutRevocation') === true) throw new OAuthRefusal({ reason: 'no-such-path' });
  checkClient(world, readTokenAsk(call));
  const token = world.grants.find(textOf(body, 'token') ?? '');
  if (token !== undefined) world.grants.endFamily(token.familyId, { reason: 'revoked-by-app', by: 'app' });
  return { status: 200, body: undefined };
}

/** www.linkedin.com: consent and tokens. */
export const WWW: HostWire = {
  authorize: AUTHORIZE,
  routes: [
    { method: 'POST', path: '/oauth/v2/accessToken', kind: tokenKind, answer: accessToken },
    { method: 'POST', path: '/oauth/v2/introspectToken', kind: 'introspect', answer: introspect },
    { method: 'POST', path: '/oauth/v2/revoke', kind: 'revoke', answer: revoke },
  ],
  refusal: oauthRefusal,
};
