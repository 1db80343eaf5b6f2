import type { Answer } from '../faults/answer.ts';
import {
  answerTokenAsk,
  AnswerInstead,
  checkClient,
  disconnect,
  OAuthRefusal,
  readTokenAsk,
  tokenKind,
  type CallRoute,
  type IssuedTokens,
  type OAuthCall,
  type TokenAsk,
} from '../oauth/index.ts';
import { textOf } from '../request-values.ts';
import { oauthError } from './answers.ts';
import { OLD_LIFETIMES } from './profile.ts';
import { tellRevoked } from './webhook.ts';

/** The usual parameters, but the app goes by `client_key`. JSON is not documented. */
function readAsk(call: OAuthCall): TokenAsk {
  if (!call.header('content-type')?.startsWith('application/x-www-form-urlencoded')) {
    throw new AnswerInstead(oauthError(call, [400, 'invalid_request', 'The request parameters are malformed.']));
  }
  return { ...readTokenAsk(call), clientId: textOf(call.body, 'client_key') };
}

/** With the switch, tokens of this one call live as long as they did before. */
function withLifetimes(call: OAuthCall, issue: () => IssuedTokens): IssuedTokens {
  const { world } = call;
  if (world.switch('oldLifetimes') !== true || world.nextToken !== undefined) return issue();
  const on = tokenKind(call) === 'token.code' ? 'code' : 'refresh';
  const { accessSeconds: lifetimeSeconds, refreshSeconds: refreshLifetimeSeconds } = OLD_LIFETIMES;
  // The end of the refresh token is set by the first one.
  world.nextToken = { on, remaining: 1, lifetimeSeconds, ...(on === 'code' ? { refreshLifetimeSeconds } : {}) };
  try {
    return issue();
  } finally {
    world.nextToken = undefined;
  }
}

function answerToken(call: OAuthCall): Answer {
  const ask = readAsk(call);
  const issued = withLifetimes(call, () => answerTokenAsk(call.world, ask, call.fault));
  return {
    status: 200,
    body: {
      access_token: issued.access.value,
      expires_in: issued.expiresInSeconds,
      open_id: issued.person.subjectId,
      refresh_expires_in: issued.refreshExpiresInSeconds,
      refresh_token: issued.refresh?.value,
      scope: issued.access.scopes.join(','),
      token_type: 'Bearer',
    },
  };
}

/** Takes the whole app out of the account, and wants a living access token for it. Success has an empty body, or `{}`. */
function answerRevoke(call: OAuthCall): Answer {
  const { world } = call;
  checkClient(world, readAsk(call));
  const value = textOf(call.body, 'token');
  if (value === undefined) throw new OAuthRefusal({ reason: 'parameter-missing', name: 'token' });
  const person = world.grants.personOf(world.grants.requireAccess(value));
  disconnect(world, person, { reason: 'revoked-by-app', by: 'app' });
  tellRevoked(world, person);
  return { status: 200, body: world.switch('revokeAnswersObject') === true ? {} : undefined };
}

/** `/v2/oauth/*`; the slash at the end belongs to the path. */
export const TOKEN_ROUTES: CallRoute[] = [
  { method: 'POST', path: '/v2/oauth/token/', kind: tokenKind, answer: answerToken },
  { method: 'POST', path: '/v2/oauth/revoke/', kind: 'revoke', answer: answerRevoke },
];
