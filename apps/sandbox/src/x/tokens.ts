import type { Answer } from '../faults/answer.ts';
import {
  answerTokenAsk,
  basicOf,
  checkClient,
  type IssuedTokens,
  type OAuthCall,
  OAuthRefusal,
  readTokenAsk,
} from '../oauth/index.ts';
import { textOf } from '../request-values.ts';

/** HTTP Basic counts, and `client_id` must stand in the form beside it. Throws OAuthRefusal. */
function requireClient(call: OAuthCall): { clientId: string; clientSecret: string } {
  const basic = basicOf(call);
  if (basic === undefined) throw new OAuthRefusal({ reason: 'client-missing', name: 'authorization' });
  checkClient(call.world, basic);
  const named = textOf(call.body, 'client_id');
  if (named === undefined) throw new OAuthRefusal({ reason: 'parameter-missing', name: 'client_id' });
  if (named !== basic.clientId) throw new OAuthRefusal({ reason: 'client-unknown' });
  return basic;
}

function tokenBody({ access, refresh, expiresInSeconds }: IssuedTokens): object {
  return {
    token_type: 'bearer',
    expires_in: expiresInSeconds,
    access_token: access.value,
    scope: access.scopes.join(' '),
    refresh_token: refresh?.value,
  };
}

/** `POST /2/oauth2/token`. */
export function answerToken(call: OAuthCall): Answer {
  const client = requireClient(call);
  const issued = answerTokenAsk(call.world, { ...readTokenAsk(call), ...client }, call.fault);
  return { status: 200, body: tokenBody(issued) };
}

/** `POST /2/oauth2/revoke`: ends the one token. Whether its sibling would end too X doesn't say. */
export function answerRevoke(call: OAuthCall): Answer {
  requireClient(call);
  const { grants } = call.world;
  const value = textOf(call.body, 'token');
  if (value === undefined || value === '') throw new OAuthRefusal({ reason: 'parameter-missing', name: 'token' });
  const token = grants.find(value);
  if (token === undefined || grants.problem(token) !== undefined) throw new OAuthRefusal({ reason: 'refresh-ended' });
  grants.endToken(token, { reason: 'revoked-by-app', by: 'app' });
  return { status: 200, body: { revoked: true } };
}
