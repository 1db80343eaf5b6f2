import { setTimeout } from 'node:timers/promises';
import type { AdapterPorts, PlatformAdapter } from '@mooring/adapters-core';
import type { DurationMs } from '@mooring/contracts';
import { authorizationParameters, readRedirect } from './authorization.ts';
import { Api, AppCalls } from './calls.ts';
import { readLinkedInCallback } from './callbacks.ts';
import { Discovery } from './discovery.ts';
import { linkedInEndpoints, SECRET_URL_PARAMETERS } from './endpoints.ts';
import { createClassifier } from './errors.ts';
import { Consents, readTokenAnswer } from './exchange.ts';
import { LINKEDIN_GUIDANCE, LINKEDIN_REQUIREMENTS, MANAGE_ACCESS_AT } from './guidance.ts';
import { Inspection } from './inspection.ts';
import { Introspection } from './introspection.ts';
import { RoleLists } from './organization-roles.ts';
import { LINKEDIN_NOTICES, LINKEDIN_POLICY } from './policy.ts';
import { recentPosts } from './posts.ts';
import { checkReadiness } from './readiness.ts';
import { Renewal } from './renewal.ts';
import { revoke } from './revocation.ts';
import { LINKEDIN_CAPABILITIES, REQUIRED_SCOPES } from './scopes.ts';
import { checkLinkedInSettings, type LinkedInSettings, scopesOf } from './settings.ts';
import { readUsage } from './usage.ts';

/** What the adapter gets beside its settings. */
export interface LinkedInPorts extends AdapterPorts {
  /** Waits in real time; for tests. */
  readonly pause?: (forMs: DurationMs) => Promise<void>;
}

/**
 * LinkedIn Company Pages. One token of a member serves every Page that the member may post as; a Page has none of its own, and
 * loses the member's role while the token lives on.
 */
export function createLinkedInAdapter(settings: LinkedInSettings, ports: LinkedInPorts): PlatformAdapter {
  checkLinkedInSettings(settings);
  const { now, http, pause = setTimeout } = ports;
  const endpoints = linkedInEndpoints(settings);
  const {
    introspectionUrl,
    organizationAclsUrl,
    organizationsLookupUrl: lookupUrl,
    postsUrl,
    revocationUrl,
  } = endpoints;
  const classify = createClassifier(now);
  const calls = { http, now, classify, pause: (forMs: DurationMs) => pause(forMs) };
  const api = new Api(settings, calls);
  const app = new AppCalls(settings, calls);
  const introspection = new Introspection(app, introspectionUrl);
  const roles = new RoleLists(api, organizationAclsUrl);
  const consents = new Consents({ api, introspection, urls: endpoints, now });
  const discovery = new Discovery({ api, roles, lookupUrl });
  const renewal = new Renewal({ app, tokenUrl: endpoints.tokenUrl, now });
  const inspection = new Inspection(introspection, roles);
  return {
    platform: 'linkedin',
    kinds: ['linkedin_organization'],
    credentials: { clientId: settings.clientId, clientSecret: settings.clientSecret },
    scopes: scopesOf(settings),
    requiredScopes: REQUIRED_SCOPES,
    pkce: 'none',
    flow: { strategy: 'passport-linkedin-oauth2', readTokenAnswer },
    policy: LINKEDIN_POLICY,
    // Only some apps get refresh tokens; the others' consents end with their access token (C13).
    refreshTokenOptional: true,
    capabilities: LINKEDIN_CAPABILITIES,
    // Nothing says what the undocumented revocation ends; so nobody revokes while others live on the member's consent.
    revokesWholeSubject: true,
    accountTokensDependOnRefresh: true,
    secretUrlParameters: SECRET_URL_PARAMETERS,
    hosts: [...new Set([settings.authUrl, settings.apiUrl].map((url) => new URL(url).host))],
    endpoints: { authorizationUrl: endpoints.authorizationUrl, tokenUrl: endpoints.tokenUrl },
    requirements: LINKEDIN_REQUIREMENTS,
    manageAccessAt: MANAGE_ACCESS_AT,
    guidance: LINKEDIN_GUIDANCE,
    pushNotices: LINKEDIN_NOTICES,
    authorizationParameters,
    readCallback: readRedirect,
    classify,
    establish: (tokens) => consents.establish(tokens),
    discover: (consent) => discovery.discover(consent),
    refresh: (tokens) => renewal.renew(tokens),
    inspect: (target) => inspection.inspect(target),
    recentPosts: (target) => recentPosts({ api, postsUrl }, target),
    revoke: ({ tokens }) => revoke({ app, introspection, revocationUrl }, tokens),
    checkReadiness: () => checkReadiness({ introspection, roles, version: settings.version, now }),
    readUsage,
    proofOf: () => undefined,
    readPlatformCallback: readLinkedInCallback,
    answerChallenge: readLinkedInCallback,
  };
}
