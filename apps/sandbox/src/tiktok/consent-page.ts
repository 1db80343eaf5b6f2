import { unapprovedScopes, type AuthorizeRequest, type HostWire } from '../oauth/index.ts';
import { textOf, type Values } from '../request-values.ts';
import { refusal } from './answers.ts';

function readRequest(query: Values): AuthorizeRequest {
  const challenge = textOf(query, 'code_challenge');
  // The only method is called S256, and means the digest in hexadecimal digits.
  const method = textOf(query, 'code_challenge_method') === 'S256' ? ('hex' as const) : ('plain' as const);
  return {
    clientId: textOf(query, 'client_key'),
    redirectUri: textOf(query, 'redirect_uri') ?? '',
    responseType: textOf(query, 'response_type'),
    state: textOf(query, 'state'),
    scopes: (textOf(query, 'scope') ?? '').split(',').filter((scope) => scope !== ''),
    ...(challenge === undefined ? {} : { challenge: { method, value: challenge } }),
    alwaysAsk: textOf(query, 'disable_auto_auth') === '1',
  };
}

/** www.tiktok.com: the consent page. One scope that isn't approved for the app, and the whole consent is refused (C43). */
export const TIKTOK_PAGES: HostWire = {
  authorize: {
    path: '/v2/auth/authorize/',
    read: readRequest,
    success: ({ code, granted }) => ({ code, scopes: granted.join(',') }),
    denial: () => ({ error: 'access_denied', error_description: 'User denied the authorization request' }),
    problem: (world, request) => {
      const [scope] = unapprovedScopes(world, request);
      if (scope === undefined) return undefined;
      return { error: 'invalid_scope', error_description: `The scope ${scope} is not approved for the app` };
    },
    // Whoever is signed in and agreed to all of it before comes back without a word, unless the app asks otherwise.
    skips: (world, request, person) => {
      const agreed = world.stateOf(person).scopes ?? [];
      return !request.alwaysAsk && request.scopes.every((scope) => agreed.includes(scope));
    },
  },
  routes: [],
  refusal,
};
