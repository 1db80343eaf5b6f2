import type { AdapterPorts, PlatformAdapter } from '@mooring/adapters-core';
import { consentPage, readRedirect } from './authorization.ts';
import { answerChallenge, readCallback } from './callbacks.ts';
import { BulletinCalls } from './calls.ts';
import { discover } from './discovery.ts';
import { bulletinEndpoints } from './endpoints.ts';
import { classifyBulletinAnswer } from './errors.ts';
import { establish, exchangeCode } from './exchange.ts';
import { GUIDANCE, MANAGE_ACCESS_AT, REQUIREMENTS } from './guidance.ts';
import { inspect } from './inspection.ts';
import { BULLETIN_NOTICES, BULLETIN_POLICY } from './policy.ts';
import { recentPosts } from './posts.ts';
import { checkReadiness } from './readiness.ts';
import { renew } from './renewal.ts';
import { revoke } from './revocation.ts';
import { ASKED_SCOPES, BULLETIN_CAPABILITIES, REQUIRED_SCOPES } from './scopes.ts';
import { type BulletinSettings, checkBulletinSettings } from './settings.ts';
import { readUsage } from './usage.ts';

/** Bulletin boards: one consent serves every board of a person, all with its one access token. */
export function createBulletinAdapter(settings: BulletinSettings, { http, now }: AdapterPorts): PlatformAdapter {
  checkBulletinSettings(settings);
  const endpoints = bulletinEndpoints(settings);
  const calls = new BulletinCalls({ settings, endpoints, http, now });
  const { clientId, clientSecret } = settings;
  return {
    platform: 'bulletin',
    kinds: ['bulletin_board'],
    credentials: { clientId, clientSecret },
    scopes: ASKED_SCOPES,
    requiredScopes: REQUIRED_SCOPES,
    pkce: 'none',
    flow: {
      strategy: 'adapter',
      authorizationUrl: (request) => consentPage(endpoints, clientId, request),
      exchangeCode: (exchange) => exchangeCode(calls, exchange),
    },
    policy: BULLETIN_POLICY,
    capabilities: BULLETIN_CAPABILITIES,
    revokesWholeSubject: false,
    accountTokensDependOnRefresh: true,
    secretUrlParameters: [],
    hosts: [new URL(settings.apiUrl).host],
    endpoints: { authorizationUrl: endpoints.authorizationUrl, tokenUrl: endpoints.tokenUrl },
    requirements: REQUIREMENTS,
    manageAccessAt: MANAGE_ACCESS_AT,
    guidance: GUIDANCE,
    pushNotices: BULLETIN_NOTICES,
    authorizationParameters: () => ({}),
    readCallback: readRedirect,
    classify: classifyBulletinAnswer,
    establish: (tokens) => establish(calls, tokens),
    discover: (consent) => discover(calls, consent),
    refresh: (tokens) => renew(calls, tokens),
    inspect: (target) => inspect(calls, target),
    recentPosts: (target) => recentPosts(calls, endpoints, target),
    revoke: ({ tokens }) => revoke(calls, tokens),
    checkReadiness: () => checkReadiness(calls),
    readUsage,
    proofOf: () => undefined,
    readPlatformCallback: readCallback,
    answerChallenge,
  };
}
