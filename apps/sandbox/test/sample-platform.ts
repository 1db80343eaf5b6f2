import {
  answerTokenAsk,
  bearerOf,
  playOAuth,
  readTokenAsk,
  requireCaller,
  tokenKind,
  type HostWire,
  type OAuthProfile,
  type RefusalDetails,
} from '../src/oauth/index.ts';
import { textOf } from '../src/request-values.ts';

/** The smallest platform: a host for the consent page and one for tokens and calls, in the plainest wire format. */
export const SAMPLE_APP = {
  clientId: 'sample-app',
  clientSecret: 'CANARY-sample-secret',
  redirectUris: ['http://127.0.0.1:8080/connect/sample/callback'],
  callbacks: {},
};

const PEOPLE = ['sara', 'tomas'].map((id) => ({
  id,
  subjectId: `subject-${id}`,
  name: `${id} of Sample`,
  about: 'somebody',
  accounts: [{ id: `490${id.length}490`, name: `Account of ${id}` }],
}));

function refusal({ reason, name }: RefusalDetails) {
  const status = reason.startsWith('token-') ? 401 : reason === 'no-such-path' ? 404 : 400;
  return { status, body: { error: reason, ...(name === undefined ? {} : { name }) } };
}

const PAGES: HostWire = {
  authorize: {
    path: '/authorize',
    read: (query) => ({
      clientId: textOf(query, 'client_id'),
      redirectUri: textOf(query, 'redirect_uri') ?? '',
      responseType: textOf(query, 'response_type'),
      state: textOf(query, 'state'),
      scopes: (textOf(query, 'scope') ?? '').split(' '),
      ...(typeof query.code_challenge === 'string'
        ? { challenge: { method: query.code_challenge_method === 'hex' ? 'hex' : 'S256', value: query.code_challenge } }
        : {}),
      alwaysAsk: false,
    }),
    success: ({ code }) => ({ code }),
    denial: () => ({ error: 'access_denied' }),
  },
  routes: [],
  refusal,
};

const API: HostWire = {
  routes: [
    {
      method: 'POST',
      path: '/token',
      kind: tokenKind,
      answer: (call) => {
        const issued = answerTokenAsk(call.world, readTokenAsk(call), call.fault);
        return {
          status: 200,
          body: {
            access_token: issued.access.value,
            expires_in: issued.expiresInSeconds,
            refresh_token: issued.refresh?.value,
            refresh_expires_in: issued.refreshExpiresInSeconds,
            scope: issued.access.scopes.join(' '),
          },
        };
      },
    },
    {
      method: 'GET',
      path: '/me',
      kind: 'api.me',
      answer: (call) => ({ status: 200, body: { id: requireCaller(call, bearerOf(call), 'read').person.subjectId } }),
    },
  ],
  refusal,
};

export const SAMPLE_PROFILE: OAuthProfile = {
  name: 'sample',
  title: 'Sample',
  people: PEOPLE,
  scopes: { read: 'Read', write: 'Write', offline: 'Stay connected' },
  code: { prefix: 'code-', length: 40, lifetimeMs: 30_000 },
  access: { prefix: 'at-', length: 60, lifetimeSeconds: 7_200 },
  refresh: { prefix: 'rt-', length: 60, lifetimeSeconds: 86_400, rotation: 'strict', restarts: true },
  pkce: { methods: ['S256', 'hex'], required: false },
  partialConsent: true,
  notices: {
    removed: {
      callback: 'events',
      contentType: 'application/json',
      body: ({ subjectId, atSeconds, options }) =>
        JSON.stringify({ subjectId, atSeconds, reason: options.reason ?? 1 }),
      headers: (rawBody, { clientSecret }) => ({ 'x-sample-signature': `${clientSecret.length}:${rawBody.length}` }),
      happens: (world, person) => world.grants.endPerson(person, { reason: 'removed', by: 'control' }),
    },
  },
};

export function samplePlatform(changes: Partial<OAuthProfile> = {}) {
  return playOAuth({ ...SAMPLE_PROFILE, ...changes }, { 'sample.example': PAGES, 'api.sample.example': API });
}
