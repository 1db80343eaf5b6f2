import type { ScopesByCapability } from '@mooring/contracts';

/** What publishing to a Company Page needs: posting itself, and seeing which Pages the person has a role on. */
export const REQUIRED_SCOPES = ['rw_organization_admin', 'w_organization_social'] as const;

/** Either of which tells who consented: OpenID Connect, or what comes with the Community Management API. */
export const IDENTITY_SCOPES = ['openid', 'r_basicprofile'] as const;

/**
 * What is asked for. One fixed set for every workspace and connection: a member who consents to another set than before loses
 * every token that was issued for the former one (authorization-code-flow, step 2).
 */
export const ASKED_SCOPES = [
  'openid',
  'profile',
  'rw_organization_admin',
  'r_organization_social',
  'w_organization_social',
] as const;

/** Scopes by capability. */
export const LINKEDIN_CAPABILITIES: Readonly<Record<string, ScopesByCapability>> = {
  linkedin_organization: {
    publish: [...REQUIRED_SCOPES],
    analytics: ['rw_organization_admin'],
    ads: ['rw_ads'],
    comments: ['r_organization_social', 'w_organization_social'],
  },
};

/** Those of `scopes` without which publishing does not work, as far as they are not granted. */
export function missingOf(granted: readonly string[]): string[] {
  return REQUIRED_SCOPES.filter((scope) => !granted.includes(scope));
}
