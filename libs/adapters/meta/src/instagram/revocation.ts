import { type GrantTokens, PlatformFailure } from '@mooring/adapters-core';
import { RevokeAnswer } from '../graph/schemas.ts';
import type { InstagramApi } from './instagram-api.ts';

/** With these nothing was said about the consent. */
const NO_ANSWER: ReadonlySet<string> = new Set(['transient', 'rate_limited', 'misconfigured']);

/**
 * Takes the consent back as other clients do: Meta documents no such call for Instagram Login. Where it is refused the person
 * has to remove the app at Instagram.
 */
export async function revoke(api: InstagramApi, tokens: GrantTokens | null): Promise<'revoked' | 'unsupported'> {
  if (!tokens) return 'unsupported';
  const call = { url: api.urls.permissionsUrl, schema: RevokeAnswer, what: 'permissions' };
  try {
    const answer = await api.withToken('DELETE', tokens.access.value, call);
    return answer === true || (typeof answer === 'object' && answer.success) ? 'revoked' : 'unsupported';
  } catch (error) {
    if (!(error instanceof PlatformFailure) || NO_ANSWER.has(error.class)) throw error;
    // What the person removed before needs no taking back.
    return error.reason === 'removed_in_settings' ? 'revoked' : 'unsupported';
  }
}
