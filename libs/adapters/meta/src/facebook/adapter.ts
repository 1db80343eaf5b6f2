import { type AdapterPorts, type PlatformAdapter, readBearerAnswer } from '@mooring/adapters-core';
import { appSecretProof } from '../graph/appsecret-proof.ts';
import { answerHubChallenge } from '../graph/hub-challenge.ts';
import { AdAccounts } from './ad-accounts.ts';
import { dialogParameters, readFacebookRedirect } from './authorization.ts';
import { readFacebookCallback } from './callbacks.ts';
import { Discovery } from './discovery.ts';
import { facebookEndpoints, SECRET_URL_PARAMETERS } from './endpoints.ts';
import { FACEBOOK_ERRORS } from './errors.ts';
import { PersonTokens } from './exchange.ts';
import { Graph } from './graph.ts';
import { FACEBOOK_GUIDANCE, FACEBOOK_MANAGE_ACCESS_AT, FACEBOOK_REQUIREMENTS } from './guidance.ts';
import { Inspection } from './inspection.ts';
import { PageLists } from './page-lists.ts';
import { PageOffers } from './page-offers.ts';
import { FACEBOOK_NOTICES, FACEBOOK_POLICY } from './policy.ts';
import { readPosts } from './posts.ts';
import { checkReadiness } from './readiness.ts';
import { renew } from './renewal.ts';
import { revoke } from './revocation.ts';
import {
  ASKED_SCOPES,
  FACEBOOK_CAPABILITIES,
  FACEBOOK_KINDS,
  REQUIRED_SCOPES,
  requiredScopesOf,
  seesInstagram,
} from './scopes.ts';
import { checkFacebookSettings, DISCOVERY_BOUNDS, type FacebookSettings } from './settings.ts';
import { TokenFacts } from './token-facts.ts';
import { readFacebookUsage } from './usage.ts';

/**
 * Facebook Pages and what stands behind them. One long-lived token of a person serves every Page, and ad accounts and pixels
 * directly; each Page has a token of its own, for its Instagram account too, which doesn't die with the person's.
 * @throws RangeError naming the setting that it can't work with
 */
export function createFacebookAdapter(settings: FacebookSettings, ports: AdapterPorts): PlatformAdapter {
  checkFacebookSettings(settings);
  const scopes = settings.scopes ?? ASKED_SCOPES;
  const endpoints = facebookEndpoints(settings);
  const graph = new Graph(settings, ports.http);
  const { discovery, inspection, persons, facts } = partsOf(settings, { graph, scopes, now: ports.now });
  return {
    platform: 'facebook',
    kinds: FACEBOOK_KINDS,
    credentials: { clientId: settings.appId, clientSecret: settings.appSecret },
    scopes,
    requiredScopes: REQUIRED_SCOPES,
    requiredScopesOf,
    pkce: 'none',
    flow: { strategy: 'passport-facebook', readTokenAnswer: readBearerAnswer },
    policy: FACEBOOK_POLICY,
    capabilities: FACEBOOK_CAPABILITIES,
    revokesWholeSubject: true,
    accountTokensDependOnRefresh: false,
    secretUrlParameters: SECRET_URL_PARAMETERS,
    hosts: [new URL(settings.graphUrl).host],
    endpoints: { authorizationUrl: endpoints.authorizationUrl, tokenUrl: endpoints.tokenUrl },
    requirements: FACEBOOK_REQUIREMENTS,
    manageAccessAt: FACEBOOK_MANAGE_ACCESS_AT,
    guidance: FACEBOOK_GUIDANCE,
    pushNotices: FACEBOOK_NOTICES,
    authorizationParameters: (request) => dialogParameters(request, settings.configId),
    readCallback: readFacebookRedirect,
    classify: (...answer) => FACEBOOK_ERRORS.classify(...answer),
    establish: (tokens) => persons.establish(tokens),
    discover: (consent) => discovery.discover(consent),
    refresh: (tokens) => renew(persons, facts, tokens),
    inspect: (target) => inspection.inspect(target),
    recentPosts: (target) => readPosts(graph, endpoints, target),
    revoke: ({ subjectId }) => revoke(graph, endpoints.edgeUrl(subjectId, 'permissions'), subjectId),
    checkReadiness: () => checkReadiness(graph, endpoints, settings),
    readUsage: readFacebookUsage,
    proofOf: (token) => appSecretProof(token, settings.appSecret),
    readPlatformCallback: (request) =>
      readFacebookCallback(request, { appSecret: settings.appSecret, now: ports.now() }),
    answerChallenge: (query) => answerHubChallenge(settings.webhookVerifyToken, query),
  };
}

function partsOf(
  settings: FacebookSettings,
  { graph, scopes, now }: { graph: Graph; scopes: readonly string[]; now: () => Date },
) {
  const endpoints = facebookEndpoints(settings);
  const bounds = { ...DISCOVERY_BOUNDS, ...settings.bounds };
  const withInstagram = seesInstagram(scopes);
  const facts = new TokenFacts({ graph, app: settings, debugTokenUrl: endpoints.debugTokenUrl, now });
  const lists = new PageLists({ graph, endpoints, bounds, withInstagram });
  const ads = new AdAccounts({ graph, endpoints, bounds });
  const offers = new PageOffers(facts, withInstagram);
  return {
    facts,
    discovery: new Discovery({ facts, lists, offers, ads, bounds }),
    inspection: new Inspection({ facts, lists, ads, now }),
    persons: new PersonTokens(graph, facts, endpoints),
  };
}
