import { errors, type Account, type Configuration, type Grant, type KoaContextWithOIDC } from 'oidc-provider';
import type { OidcSettings } from '../config.ts';
import { API_RESOURCE, consoleOrigins, defaultResourceOf, oidcClients, RESOURCE_SCOPES } from './clients.ts';
import type { OidcState } from './keys.ts';
import { logoutPage, messagePage } from './pages.ts';
import { demoPerson } from './people.ts';
import { oidcStore } from './store.ts';

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;
/** People's and services' access tokens alike. */
const ACCESS_TOKEN_SECONDS = 600;

function findAccount(_ctx: unknown, sub: string): Account | undefined {
  const person = demoPerson(sub);
  if (person === undefined) return undefined;
  const { name, email, locale } = person;
  return { accountId: sub, claims: () => ({ sub, name, email, email_verified: true, locale }) };
}

/** Everything that is asked is granted: there is no consent page. */
async function loadExistingGrant(ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { client, session, provider, params } = ctx.oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const known = session.grantIdFor(client.clientId);
  const grant =
    (known === undefined ? undefined : await provider.Grant.find(known)) ??
    new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(typeof params?.scope === 'string' ? params.scope : 'openid');
  grant.addResourceScope(API_RESOURCE, (RESOURCE_SCOPES[API_RESOURCE] ?? []).join(' '));
  await grant.save();
  return grant;
}

function features(settings: OidcSettings): Configuration['features'] {
  return {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    revocation: { enabled: true, allowedPolicy: () => true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.type = 'html';
        ctx.body = logoutPage(form);
      },
      postLogoutSuccessSource: (ctx) => {
        ctx.type = 'html';
        ctx.body = messagePage('Signed out', 'You are signed out of the sandbox.');
      },
    },
    resourceIndicators: {
      enabled: true,
      defaultResource: (_ctx, client, oneOf) => oneOf?.[0] ?? defaultResourceOf(client.clientId),
      useGrantedResource: () => true,
      getResourceServerInfo: (_ctx, resource) => {
        const scopes = RESOURCE_SCOPES[resource];
        if (scopes === undefined) throw new errors.InvalidTarget('unknown resource');
        return {
          scope: scopes.join(' '),
          audience: resource,
          accessTokenTTL: ACCESS_TOKEN_SECONDS,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        };
      },
    },
    userinfo: { enabled: consoleOrigins(settings).length > 0 },
  };
}

export function oidcConfiguration(settings: OidcSettings, state: OidcState, changed: () => void): Configuration {
  const origins = consoleOrigins(settings);
  return {
    adapter: oidcStore(state.entries, changed),
    clients: oidcClients(settings),
    clientBasedCORS: (_ctx, origin) => origins.includes(origin),
    claims: { openid: ['sub'], profile: ['name', 'locale'], email: ['email', 'email_verified'] },
    cookies: { keys: state.cookieKeys },
    features: features(settings),
    findAccount,
    interactions: { url: (_ctx, interaction) => `/oidc/interaction/${interaction.uid}` },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    jwks: { keys: state.keys },
    loadExistingGrant,
    pkce: { required: () => true },
    renderError: (ctx, out) => {
      ctx.type = 'html';
      ctx.body = messagePage('Sign-in failed', `${out.error}: ${out.error_description ?? ''}`);
    },
    scopes: ['openid', 'offline_access', 'profile', 'email', ...new Set(Object.values(RESOURCE_SCOPES).flat())],
    ttl: {
      AccessToken: ACCESS_TOKEN_SECONDS,
      AuthorizationCode: 60,
      ClientCredentials: ACCESS_TOKEN_SECONDS,
      Grant: 14 * DAY_SECONDS,
      IdToken: HOUR_SECONDS,
      Interaction: HOUR_SECONDS,
      RefreshToken: 14 * DAY_SECONDS,
      Session: 14 * DAY_SECONDS,
    },
  };
}
