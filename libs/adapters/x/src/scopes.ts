import type { ConnectionKind, ScopesByCapability } from '@mooring/contracts';

/** Gives the refresh token; without it access ends after two hours. */
export const OFFLINE_ACCESS = 'offline.access';

/** What publishing needs, and what makes it last (OpenAPI 2.167: `POST /2/tweets`, `POST /2/media/upload`). */
export const REQUIRED_SCOPES = ['tweet.read', 'tweet.write', 'users.read', OFFLINE_ACCESS, 'media.write'] as const;

/** What is asked for by default. X has no page on which single scopes are unticked. */
export const ASKED_SCOPES: readonly string[] = [...REQUIRED_SCOPES];

/** Scopes by capability; X sells no ads through this API. */
export const X_CAPABILITIES: Readonly<Record<ConnectionKind, ScopesByCapability>> = {
  x_account: {
    publish: REQUIRED_SCOPES,
    analytics: ['users.read', 'tweet.read'],
    messages: ['dm.read', 'dm.write', 'users.read', 'tweet.read'],
    comments: ['tweet.read', 'tweet.write', 'users.read', 'tweet.moderate.write'],
  },
};

/** Required scopes that are not among those granted. */
export function missingOf(granted: readonly string[]): string[] {
  return REQUIRED_SCOPES.filter((scope) => !granted.includes(scope));
}
