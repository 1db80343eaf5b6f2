import type { Answer } from '../faults/answer.ts';
import type { Fault } from '../faults/fault-box.ts';
import { faultyAnswer } from '../meta/graph-faults.ts';
import { playOAuth, unapprovedScopes, type AuthorizeWire, type HostWire } from '../oauth/index.ts';
import { textOf } from '../request-values.ts';
import { graphHostRefusal, tokenHostError, tokenHostRefusal } from './errors.ts';
import { GRAPH_ROUTES } from './graph-host.ts';
import { instagramPerson } from './people.ts';
import { INSTAGRAM_PROFILE } from './profile.ts';
import { EXCHANGE_CODE, EXCHANGE_TOKEN, REFRESH_TOKEN } from './token-hosts.ts';

const SERVICE_ERROR = 'Sorry, an unexpected error occurred';

const AUTHORIZE: AuthorizeWire = {
  path: '/oauth/authorize',
  read: (query) => ({
    clientId: textOf(query, 'client_id'),
    redirectUri: textOf(query, 'redirect_uri') ?? '',
    responseType: textOf(query, 'response_type'),
    state: textOf(query, 'state'),
    scopes: [...new Set((textOf(query, 'scope') ?? '').split(/[\s,]+/).filter((scope) => scope !== ''))],
    alwaysAsk: textOf(query, 'force_reauth') === 'true',
  }),
  success: ({ code }) => ({ code }),
  denial: () => ({
    error: 'access_denied',
    error_reason: 'user_denied',
    error_description: 'The user denied your request',
  }),
  problem: (world, request) => {
    const [scope] = unapprovedScopes(world, request);
    return scope === undefined
      ? undefined
      : { error: 'invalid_scope', error_reason: 'invalid_scope', error_description: `Invalid Scopes: ${scope}` };
  },
  refuses: (_world, person) =>
    instagramPerson(person.id).accountType === 'PERSONAL'
      ? 'You need a professional account: switch to a business or creator account in the Instagram app first.'
      : undefined,
  fragment: '#_',
};

function faultyTokenHost(fault: Fault): Answer {
  return tokenHostError(fault.message ?? SERVICE_ERROR, fault.status ?? (fault.kind === 'rate_limit' ? 429 : 500));
}

const API_HOST: HostWire = {
  routes: [EXCHANGE_CODE],
  refusal: tokenHostRefusal,
  error200: () => tokenHostError(SERVICE_ERROR).body,
  faulty: faultyTokenHost,
};

const GRAPH_HOST: HostWire = {
  routes: [EXCHANGE_TOKEN, REFRESH_TOKEN, ...GRAPH_ROUTES],
  refusal: graphHostRefusal,
  error200: () => ({ error: { message: SERVICE_ERROR, type: 'OAuthException', code: 2, fbtrace_id: 'Asandbox' } }),
  faulty: (fault, answer) => faultyAnswer(fault, answer, undefined),
};

/** Instagram API with Instagram Login: an app of its own, apart from Facebook's. */
export const INSTAGRAM = playOAuth(INSTAGRAM_PROFILE, {
  'www.instagram.com': { authorize: AUTHORIZE, routes: [], refusal: tokenHostRefusal },
  'api.instagram.com': API_HOST,
  'graph.instagram.com': GRAPH_HOST,
});
