import type { AdapterPorts, PlatformAdapter } from '@mooring/adapters-core';
import { InvalidCallbackError } from '@mooring/adapters-core';
import { authorizationUrl, consentParameters, readRedirect } from './authorization.ts';
import { readTikTokCallback } from './callbacks.ts';
import { discover } from './discovery.ts';
import { SECRET_URL_PARAMETERS, tikTokEndpoints } from './endpoints.ts';
import { classifyTikTokAnswer } from './errors.ts';
import { establish, exchangeCode } from './exchange.ts';
import { TIKTOK_GUIDANCE, TIKTOK_MANAGE_ACCESS_AT, TIKTOK_REQUIREMENTS } from './guidance.ts';
import { inspect } from './inspection.ts';
import { OpenApi } from './open-api.ts';
import { TIKTOK_NOTICES, TIKTOK_POLICY } from './policy.ts';
import { recentPosts } from './posts.ts';
import { checkReadiness } from './readiness.ts';
import { renew } from './renewal.ts';
import { revoke } from './revocation.ts';
import { ASKED_SCOPES, POSTS_SCOPE, REQUIRED_SCOPES, TIKTOK_CAPABILITIES } from './scopes.ts';
import { checkTikTokSettings, type TikTokSettings } from './settings.ts';
import { readUsage } from './usage.ts';

/**
 * TikTok accounts. A consent is one account; its access token lives hours and is renewed with a refresh token that is spent
 * by its use, until a day that nothing moves.
 */
export function createTikTokAdapter(settings: TikTokSettings, { http, now }: AdapterPorts): PlatformAdapter {
  checkTikTokSettings(settings);
  const { clientKey, clientSecret } = settings;
  const app = { clientKey, clientSecret };
  const api = new OpenApi(app, http);
  const endpoints = tikTokEndpoints(settings);
  const { tokenUrl, userInfoUrl, videoListUrl } = endpoints;
  const scopes = settings.scopes ?? ASKED_SCOPES;
  return {
    platform: 'tiktok',
    kinds: ['tiktok_account'],
    credentials: { clientId: clientKey, clientSecret },
    scopes,
    requiredScopes: REQUIRED_SCOPES,
    pkce: settings.pkce === 'hex' ? 'S256_hex' : 'none',
    flow: {
      strategy: 'adapter',
      authorizationUrl: (request) => authorizationUrl({ url: endpoints.authorizationUrl, clientKey }, request),
      exchangeCode: (exchange) => exchangeCode(api, tokenUrl, exchange),
    },
    policy: TIKTOK_POLICY,
    capabilities: TIKTOK_CAPABILITIES,
    revokesWholeSubject: true,
    accountTokensDependOnRefresh: true,
    secretUrlParameters: SECRET_URL_PARAMETERS,
    hosts: [new URL(settings.apiUrl).host],
    endpoints: { authorizationUrl: endpoints.authorizationUrl, tokenUrl },
    requirements: TIKTOK_REQUIREMENTS,
    manageAccessAt: TIKTOK_MANAGE_ACCESS_AT,
    guidance: TIKTOK_GUIDANCE,
    pushNotices: TIKTOK_NOTICES,
    recentPosts: scopes.includes(POSTS_SCOPE) ? (target) => recentPosts(api, videoListUrl, target) : null,
    authorizationParameters: () => consentParameters(clientKey),
    readCallback: readRedirect,
    classify: classifyTikTokAnswer,
    establish: (tokens) => establish({ api, userInfoUrl, now }, tokens),
    discover: (consent) => discover(api, userInfoUrl, consent),
    refresh: (tokens) => renew({ api, tokenUrl, now }, tokens),
    inspect: (target) => inspect(api, endpoints, target),
    revoke: ({ tokens }) => revoke({ api, endpoints, now }, tokens),
    checkReadiness: () => checkReadiness(api, { app, tokenUrl, scopes }),
    readUsage,
    answerChallenge: () => {
      throw new InvalidCallbackError('TikTok asks nothing of an address before it sends to it');
    },
    proofOf: () => undefined,
    readPlatformCallback: (request) => readTikTokCallback(request, { app, now: now() }),
  };
}
