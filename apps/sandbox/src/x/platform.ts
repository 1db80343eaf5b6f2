import {
  AuthorizeRefusal,
  type AuthorizeRequest,
  type HostWire,
  playOAuth,
  tokenKind,
  unapprovedScopes,
} from '../oauth/index.ts';
import type { PlayedPlatform } from '../platform.ts';
import { asValues, textOf, type Values } from '../request-values.ts';
import { answerMe, answerPost, answerPosts } from './api.ts';
import { checkAddress } from './crc.ts';
import { limitHeaders } from './limits.ts';
import { X_PROFILE } from './profile.ts';
import { refusal } from './refusals.ts';
import { answerRevoke, answerToken } from './tokens.ts';

const STATE_LENGTH_MAX = 500;

function readAuthorize(query: Values): AuthorizeRequest {
  const state = textOf(query, 'state');
  if ((state?.length ?? 0) > STATE_LENGTH_MAX) throw new AuthorizeRefusal('Something went wrong: state is too long.');
  const challenge = textOf(query, 'code_challenge');
  const method = textOf(query, 'code_challenge_method') ?? 'plain';
  if (method !== 'plain' && method !== 'S256') {
    throw new AuthorizeRefusal('Something went wrong: code_challenge_method is not supported.');
  }
  return {
    clientId: textOf(query, 'client_id'),
    redirectUri: textOf(query, 'redirect_uri') ?? '',
    responseType: textOf(query, 'response_type'),
    state,
    scopes: (textOf(query, 'scope') ?? '').split(' ').filter((scope) => scope !== ''),
    ...(challenge === undefined ? {} : { challenge: { method, value: challenge } }),
    alwaysAsk: false,
  };
}

const PAGES: HostWire = {
  authorize: {
    path: '/i/oauth2/authorize',
    read: readAuthorize,
    success: ({ code }) => ({ code }),
    denial: () => ({ error: 'access_denied' }),
    problem: (world, request) =>
      request.scopes.length === 0 || unapprovedScopes(world, request).length > 0
        ? { error: 'invalid_scope' }
        : undefined,
  },
  routes: [],
  refusal,
};

const API: HostWire = {
  routes: [
    { method: 'POST', path: '/2/oauth2/token', kind: tokenKind, answer: answerToken },
    { method: 'POST', path: '/2/oauth2/revoke', kind: 'revoke', answer: answerRevoke },
    { method: 'GET', path: '/2/users/me', kind: 'api.me', answer: answerMe },
    { method: 'GET', path: '/2/users/:id/tweets', kind: 'api.posts', answer: answerPosts },
    { method: 'POST', path: '/2/tweets', kind: 'api.post', answer: answerPost },
  ],
  refusal,
  headers: limitHeaders,
  error200: ({ path }) =>
    path.startsWith('/2/oauth2/')
      ? { error: 'invalid_request', error_description: 'Value passed for the token was invalid.' }
      : { errors: [{ title: 'Service Error', detail: 'Something went wrong.', type: 'about:blank' }] },
};

const PLAYED = playOAuth(X_PROFILE, { 'x.com': PAGES, 'api.x.com': API });

/** X as documented, with what X alone does: it checks the app's address by a challenge (`POST /control/x/crc`). */
export const X: PlayedPlatform = {
  ...PLAYED,
  start(parts) {
    const running = PLAYED.start(parts);
    running.control.post('/crc', async (req, res) => {
      const { body } = req as { body: unknown };
      const [url, crcToken] = ['url', 'crcToken'].map((key) => textOf(asValues(body), key));
      res.json(await checkAddress(parts.app, { ...(url && { url }), ...(crcToken && { crcToken }) }));
    });
    return running;
  },
};
