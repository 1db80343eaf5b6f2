import type { AdapterPorts, PlatformAdapter } from '@mooring/adapters-core';
import { answerHubChallenge } from '../graph/hub-challenge.ts';
import { authorizationUrl, dialogParameters, readInstagramRedirect } from './authorization.ts';
import { readInstagramCallback } from './callbacks.ts';
import { discover } from './discovery.ts';
import { instagramEndpoints, instagramOrigins, SECRET_URL_PARAMETERS } from './endpoints.ts';
import { INSTAGRAM_ERRORS } from './errors.ts';
import { establish, exchangeCode } from './exchange.ts';
import { INSTAGRAM_GUIDANCE, INSTAGRAM_MANAGE_ACCESS_AT, INSTAGRAM_REQUIREMENTS } from './guidance.ts';
import { inspect } from './inspection.ts';
import { InstagramApi } from './instagram-api.ts';
import { INSTAGRAM_NOTICES, INSTAGRAM_POLICY } from './policy.ts';
import { readPosts } from './posts.ts';
import { checkReadiness } from './readiness.ts';
import { renew } from './renewal.ts';
import { revoke } from './revocation.ts';
import { ASKED_SCOPES, INSTAGRAM_CAPABILITIES, REQUIRED_SCOPES } from './scopes.ts';
import { checkInstagramSettings, type InstagramSettings } from './settings.ts';
import { readInstagramUsage } from './usage.ts';

/**
 * Instagram accounts by Instagram Login: one account a consent, used with the consent's own token, which is exchanged for a new
 * one while it lives.
 * @throws RangeError naming the setting that it can't work with
 */
export function createInstagramAdapter(settings: InstagramSettings, ports: AdapterPorts): PlatformAdapter {
  checkInstagramSettings(settings);
  const { appId, appSecret } = settings;
  const scopes = settings.scopes ?? ASKED_SCOPES;
  const urls = instagramEndpoints(settings);
  const api = new InstagramApi(ports.http, urls);
  const context = { api, app: settings, now: ports.now };
  return {
    platform: 'instagram',
    kinds: Object.keys(INSTAGRAM_CAPABILITIES),
    credentials: { clientId: appId, clientSecret: appSecret },
    scopes,
    requiredScopes: REQUIRED_SCOPES,
    pkce: 'none',
    flow: {
      strategy: 'adapter',
      authorizationUrl: (request) => authorizationUrl(request, { authorizationUrl: urls.authorizationUrl, appId }),
      exchangeCode: (exchange) => exchangeCode(context, exchange),
    },
    policy: INSTAGRAM_POLICY,
    capabilities: INSTAGRAM_CAPABILITIES,
    revokesWholeSubject: true,
    accountTokensDependOnRefresh: true,
    secretUrlParameters: SECRET_URL_PARAMETERS,
    hosts: [...new Set(instagramOrigins(settings).map((url) => new URL(url).host))],
    endpoints: { authorizationUrl: urls.authorizationUrl, tokenUrl: urls.tokenUrl },
    requirements: INSTAGRAM_REQUIREMENTS,
    manageAccessAt: INSTAGRAM_MANAGE_ACCESS_AT,
    guidance: INSTAGRAM_GUIDANCE,
    pushNotices: INSTAGRAM_NOTICES,
    authorizationParameters: dialogParameters,
    readCallback: readInstagramRedirect,
    classify: (...answer) => INSTAGRAM_ERRORS.classify(...answer),
    establish: (tokens) => establish(context, tokens, scopes),
    discover: (consent) => discover(api, consent),
    refresh: (tokens) => renew(context, tokens),
    inspect: (target) => inspect(api, target),
    recentPosts: (target) => readPosts(api, target),
    revoke: ({ tokens }) => revoke(api, tokens),
    checkReadiness: () => checkReadiness(context),
    readUsage: readInstagramUsage,
    proofOf: () => undefined,
    readPlatformCallback: (request) => readInstagramCallback(request, { appSecret, now: ports.now() }),
    answerChallenge: (query) => answerHubChallenge(settings.webhookVerifyToken, query),
  };
}
