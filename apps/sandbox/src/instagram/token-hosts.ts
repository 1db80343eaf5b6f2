import type { Answer } from '../faults/answer.ts';
import { rawNumber } from '../faults/raw-number.ts';
import {
  AnswerInstead,
  answerTokenAsk,
  bearerOf,
  OAuthRefusal,
  readTokenAsk,
  tokenKind,
  type CallRoute,
  type IssuedTokens,
  type OAuthCall,
  type TokenRecord,
} from '../oauth/index.ts';
import { textOf } from '../request-values.ts';
import { graphHostError, unsupported } from './errors.ts';
import { instagramPerson } from './people.ts';

/** As recorded: sixty days less the way. */
const LONG_TOKEN_SECONDS = 5_183_944;
const REFRESHABLE_AFTER_MS = 24 * 3_600_000;
const BASIC = 'instagram_business_basic';

function shortTokenBody(call: OAuthCall, { access }: IssuedTokens): unknown {
  const person = instagramPerson(access.personId);
  if (call.world.switch('tokenAnswer') === 'documented') {
    const { value, scopes } = access;
    return { data: [{ access_token: value, user_id: person.subjectId, permissions: scopes.join(',') }] };
  }
  return {
    access_token: access.value,
    user_id: rawNumber(person.professionalId),
    permissions: access.scopes,
  };
}

/** `POST api.instagram.com/oauth/access_token`: a code for a token of one hour. */
export const EXCHANGE_CODE: CallRoute = {
  method: 'POST',
  path: '/oauth/access_token',
  kind: tokenKind,
  answer: (call) => {
    const ask = readTokenAsk(call);
    if (ask.grantType === 'refresh_token') throw new OAuthRefusal({ reason: 'grant-type' });
    const issued = answerTokenAsk(call.world, ask, call.fault);
    issued.access.short = true;
    return { status: 200, body: shortTokenBody(call, issued) };
  },
};

export function sentToken(call: OAuthCall): string | undefined {
  return textOf(call.query, 'access_token') ?? textOf(call.body, 'access_token') ?? bearerOf(call);
}

function longAnswer(call: OAuthCall, token: TokenRecord): Answer {
  const { access, expiresInSeconds } = call.world.grants.exchange(token, LONG_TOKEN_SECONDS);
  return { status: 200, body: { access_token: access.value, token_type: 'bearer', expires_in: expiresInSeconds } };
}

function requireGrantType(call: OAuthCall, wanted: string): void {
  if (textOf(call.query, 'grant_type') !== wanted) throw new AnswerInstead(unsupported(call.method));
}

/** `GET graph.instagram.com/access_token`: a short token for one of sixty days. */
export const EXCHANGE_TOKEN: CallRoute = {
  method: 'GET',
  path: '/access_token',
  kind: 'token.exchange',
  answer: (call) => {
    requireGrantType(call, 'ig_exchange_token');
    const secret = textOf(call.query, 'client_secret');
    if (secret === undefined) throw new OAuthRefusal({ reason: 'client-missing', name: 'client_secret' });
    if (secret !== call.world.app.clientSecret) throw new OAuthRefusal({ reason: 'client-secret' });
    const token = call.world.grants.requireAccess(sentToken(call));
    if (token.short !== true) throw new AnswerInstead(unsupported(call.method));
    return longAnswer(call, token);
  },
};

/** `GET graph.instagram.com/refresh_access_token`: a long token for a younger one. */
export const REFRESH_TOKEN: CallRoute = {
  method: 'GET',
  path: '/refresh_access_token',
  kind: 'token.refresh',
  answer: (call) => {
    requireGrantType(call, 'ig_refresh_token');
    const token = call.world.grants.requireAccess(sentToken(call));
    if (token.short === true) throw new AnswerInstead(unsupported(call.method));
    if (!token.scopes.includes(BASIC)) throw new OAuthRefusal({ reason: 'scope-missing', name: BASIC });
    if (token.issuedAtMs + REFRESHABLE_AFTER_MS > call.world.clock.nowMs()) {
      // Nobody has published the real answer.
      const message = 'The access token must be at least 24 hours old to be refreshed';
      throw new AnswerInstead(graphHostError(100, message, 'IGApiException'));
    }
    return longAnswer(call, token);
  },
};
