import type { AdapterPorts, PlatformAdapter } from '@mooring/adapters-core';
import { Secret } from '@mooring/contracts';
import { Api } from './api.ts';
import { authorizationUrl, pkceParameters, readRedirect } from './authorization.ts';
import { answerCrc, readXCallback } from './callbacks.ts';
import { discover } from './discovery.ts';
import { SECRET_URL_PARAMETERS, xEndpoints } from './endpoints.ts';
import { classifyXAnswer } from './errors.ts';
import { establish, exchangeCode } from './exchange.ts';
import { MANAGE_ACCESS_AT, X_GUIDANCE, X_REQUIREMENTS } from './guidance.ts';
import { inspect } from './inspection.ts';
import { X_NOTICES, X_POLICY } from './policy.ts';
import { recentPosts } from './posts.ts';
import { Profile } from './profile.ts';
import { checkReadiness } from './readiness.ts';
import { renew } from './renewal.ts';
import { revoke } from './revocation.ts';
import { ASKED_SCOPES, REQUIRED_SCOPES, X_CAPABILITIES } from './scopes.ts';
import { checkXSettings, type XSettings } from './settings.ts';
import { TokenEndpoint } from './token-endpoint.ts';
import { readUsage } from './usage.ts';

/**
 * Accounts at X. A person is the account: one access token of about two hours, and a refresh token that is spent once and
 * comes anew with every renewal.
 */
export function createXAdapter(settings: XSettings, ports: AdapterPorts): PlatformAdapter {
  checkXSettings(settings);
  const { clientId, appId = null } = settings;
  const { now } = ports;
  const clientSecret = new Secret(settings.clientSecret.reveal().trim());
  const endpoints = xEndpoints(settings);
  const { tokenUrl, revokeUrl } = endpoints;
  const tokenEndpoint = new TokenEndpoint(settings, ports);
  const api = new Api(ports);
  const profile = new Profile(api, endpoints.meUrl);
  const scopes = settings.scopes ?? ASKED_SCOPES;
  const eventKeys = { secret: settings.webhookSecret ?? clientSecret, appId };
  return {
    platform: 'x',
    kinds: ['x_account'],
    credentials: { clientId, clientSecret },
    scopes,
    requiredScopes: REQUIRED_SCOPES,
    pkce: 'S256',
    flow: {
      strategy: 'adapter',
      authorizationUrl: (request) =>
        authorizationUrl(request, { authorizationUrl: endpoints.authorizationUrl, clientId }),
      exchangeCode: (exchange) => exchangeCode(tokenEndpoint, tokenUrl, exchange),
    },
    policy: X_POLICY,
    capabilities: X_CAPABILITIES,
    revokesWholeSubject: false,
    accountTokensDependOnRefresh: true,
    secretUrlParameters: SECRET_URL_PARAMETERS,
    hosts: [new URL(settings.apiUrl).host],
    endpoints: { authorizationUrl: endpoints.authorizationUrl, tokenUrl },
    requirements: X_REQUIREMENTS,
    manageAccessAt: MANAGE_ACCESS_AT,
    guidance: X_GUIDANCE,
    pushNotices: X_NOTICES,
    authorizationParameters: pkceParameters,
    readCallback: readRedirect,
    classify: (status, body, headers = {}) => classifyXAnswer({ status, body, headers }, now()),
    establish: (tokens) => establish(profile, tokens, { asked: scopes, now: now() }),
    discover: (consent) => discover(profile, consent),
    refresh: (tokens) => renew(tokenEndpoint, tokens, { tokenUrl, now: now() }),
    inspect: (target) => inspect(profile, target),
    recentPosts: (target) => recentPosts(api, endpoints, target),
    revoke: ({ tokens }) => revoke(tokenEndpoint, revokeUrl, tokens),
    checkReadiness: () =>
      checkReadiness(tokenEndpoint, { tokenUrl, hasWebhookSecret: settings.webhookSecret !== undefined }),
    readUsage: (headers) => readUsage(headers, now()),
    proofOf: () => undefined,
    readPlatformCallback: (request) => readXCallback(request, eventKeys, now()),
    answerChallenge: (query) => answerCrc(eventKeys.secret, query),
  };
}
