import { Secret } from '@mooring/contracts';
import type { ExchangedTokens } from '../adapter.ts';

/** What a code exchange gave, where only some of it matters: the rest is what a platform left out. */
export function exchangedTokens(accessToken: string | Secret, rest: Partial<ExchangedTokens> = {}): ExchangedTokens {
  return {
    accessToken: typeof accessToken === 'string' ? new Secret(accessToken) : accessToken,
    refreshToken: null,
    expiresInSeconds: null,
    refreshExpiresInSeconds: null,
    grantedScopes: null,
    subjectId: null,
    ...rest,
  };
}
