import type { OAuthProfile } from '../oauth/index.ts';
import { MEMBERS } from './people.ts';

const DAY_SECONDS = 86_400;

/**
 * LinkedIn as it is: codes of 30 minutes, access tokens of 60 days, and for approved apps a refresh token that stays and lives
 * 365 days from the consent. Consent is all or nothing, and to another set of scopes it ends every token given before.
 */
export const LINKEDIN_PROFILE: OAuthProfile = {
  name: 'linkedin',
  title: 'LinkedIn',
  people: MEMBERS,
  scopes: {
    openid: 'Use your name and photo',
    profile: 'Use your name and photo',
    email: 'Use the primary email address associated with your LinkedIn account',
    r_basicprofile: 'Use your basic profile including your name, photo, headline, and public profile URL',
    w_member_social: 'Create, modify, and delete posts, comments, and reactions on your behalf',
    rw_organization_admin: 'Manage your organizations’ pages and retrieve reporting data',
    r_organization_admin: 'Retrieve your organizations’ pages and their reporting data',
    r_organization_social: 'Retrieve your organizations’ posts, comments, reactions, and other engagement data',
    w_organization_social: 'Create, modify, and delete posts, comments, and reactions on your organizations’ behalf',
  },
  code: { prefix: 'AQT', length: 130, lifetimeMs: 30 * 60_000 },
  access: { prefix: 'AQX', length: 350, lifetimeSeconds: 60 * DAY_SECONDS },
  refresh: {
    prefix: 'AQW',
    length: 350,
    lifetimeSeconds: 365 * DAY_SECONDS,
    rotation: 'reusable',
    restarts: false,
  },
  pkce: { methods: [], required: false },
  partialConsent: false,
  scopeChangeEndsTokens: true,
  switches: {
    /** The app isn't approved for refresh tokens: it gets none. */
    selfServe: false,
    /** This many calls of the API with each new token are told that it was revoked, which isn't so. */
    falselyRevokedCalls: 0,
    /** Older versions of the API than this month are retired (426). */
    oldestVersion: '202509',
    /** The introspection takes every token for one of another app. */
    foreignTokens: false,
    /** There is no revocation: it is documented nowhere. */
    withoutRevocation: false,
  },
};
