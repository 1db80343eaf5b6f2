import { days, hours, type PolicyData } from '@mooring/contracts';
import { type PlatformAdapter, type PlatformHttp, readBearerAnswer } from '@mooring/adapters-core';
import { appSecretProof } from './appsecret-proof.ts';
import { readFacebookCallback } from './callbacks.ts';
import { Discovery } from './discovery.ts';
import { facebookEndpoints, SECRET_URL_PARAMETERS } from './endpoints.ts';
import { classifyMetaAnswer } from './errors.ts';
import { answerHubChallenge } from './hub-challenge.ts';
import { FACEBOOK_CAPABILITIES, FACEBOOK_GUIDANCE, FACEBOOK_NOTICES } from './words.ts';
import { Graph } from './graph.ts';
import { Inspection } from './inspection.ts';
import { PageLists } from './page-lists.ts';
import { PersonTokens } from './person-tokens.ts';
import { dialogParameters, readRedirect } from './redirect.ts';
import { revoke } from './revocation.ts';
import {
  ASKED_SCOPES,
  checkFacebookSettings,
  DISCOVERY_BOUNDS,
  type FacebookSettings,
  REQUIRED_SCOPES,
} from './settings.ts';

/** Lifecycle L-13 and L-14. */
const FACEBOOK_POLICY: PolicyData = {
  refreshKind: 'reexchange',
  refreshLeadMs: days(7),
  refreshAtLifeFraction: null,
  refreshMinimumAgeMs: 0,
  inspectEveryMs: hours(24),
};

/**
 * Facebook Pages. One long-lived token of a person serves every Page; each Page has a token of its own, which doesn't die with
 * the person's. There is no refresh token: the person's token is exchanged anew while it lives, and Meta doesn't promise
 * that this extends it.
 */
export function createFacebookAdapter(
  settings: FacebookSettings,
  ports: { readonly http: PlatformHttp; readonly now: () => Date },
): PlatformAdapter {
  checkFacebookSettings(settings);
  const endpoints = facebookEndpoints(settings);
  const graph = new Graph(settings, ports.http);
  const bounds = { ...DISCOVERY_BOUNDS, ...settings.bounds };
  const inspection = new Inspection({ graph, app: settings, debugTokenUrl: endpoints.debugTokenUrl, now: ports.now });
  const discovery = new Discovery({ lists: new PageLists(graph, endpoints, bounds), inspection, bounds });
  const person = new PersonTokens(graph, inspection, endpoints);
  return {
    platform: 'facebook',
    kinds: ['facebook_page'],
    credentials: { clientId: settings.appId, clientSecret: settings.appSecret },
    scopes: settings.scopes ?? ASKED_SCOPES,
    requiredScopes: REQUIRED_SCOPES,
    pkce: 'none',
    flow: { strategy: 'passport-facebook', readTokenAnswer: readBearerAnswer },
    policy: FACEBOOK_POLICY,
    capabilities: FACEBOOK_CAPABILITIES,
    revokesWholeSubject: true,
    accountTokensDependOnRefresh: false,
    secretUrlParameters: SECRET_URL_PARAMETERS,
    hosts: [new URL(settings.graphUrl).host],
    endpoints: { authorizationUrl: endpoints.authorizationUrl, tokenUrl: endpoints.tokenUrl },
    requirements: [
      'You have full control of the Page, or at least its tasks "Content" and "Community activity".',
      'Tick every Page and every permission that Facebook lists: an unticked one can’t be connected.',
      'Facebook may have you signed in as someone else: check the name at the top of its dialog.',
    ],
    manageAccessAt: 'Facebook: Settings & privacy → Settings → Business Integrations',
    guidance: FACEBOOK_GUIDANCE,
    pushNotices: FACEBOOK_NOTICES,
    recentPosts: null,
    authorizationParameters: dialogParameters,
    readCallback: readRedirect,
    classify: classifyMetaAnswer,
    establish: ({ accessToken }) => person.establish(accessToken),
    discover: (consent) => discovery.discover(consent),
    refresh: (tokens) => person.renew(tokens),
    inspect: ({ token, account }) =>
      inspection.inspect(token, account ? { type: 'PAGE', pageId: account.accountId } : { type: 'USER' }),
    revoke: ({ subjectId }) => revoke(graph, endpoints.permissionsUrl(subjectId), subjectId),
    checkReadiness: () => Promise.resolve([]),
    readUsage: () => null,
    answerChallenge: (query) => answerHubChallenge(settings.webhookVerifyToken, query),
    proofOf: (token) => appSecretProof(token, settings.appSecret),
    readPlatformCallback: (request) =>
      readFacebookCallback(request, { appSecret: settings.appSecret, now: ports.now() }),
  };
}
