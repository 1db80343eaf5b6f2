import type { UnselectableReason } from '@mooring/contracts';
import type { Consent, DiscoveredAccount } from '@mooring/adapters-core';
import { nameOf, webUrlOf } from '../graph/presentation.ts';
import type { InstagramApi } from './instagram-api.ts';
import { REQUIRED_SCOPES } from './scopes.ts';

/** Types of accounts that may publish; documented and observed in different cases. */
const PROFESSIONAL_TYPES: ReadonlySet<string> = new Set(['business', 'media_creator', 'creator']);

/** The one account behind a consent, known by the id of the professional account and used with the consent's own token. */
export async function discover(api: InstagramApi, { tokens, grantedScopes }: Consent): Promise<DiscoveredAccount[]> {
  const profile = await api.profile(tokens.access.value);
  const missingScopes = REQUIRED_SCOPES.filter((scope) => !grantedScopes.includes(scope));
  const why = whyUnselectable(profile.account_type, missingScopes);
  const accountId = String(profile.user_id);
  const username = nameOf(profile.username);
  const offered = {
    accountId,
    kind: 'instagram_account',
    displayName: nameOf(profile.name) ?? username ?? `Instagram account ${accountId}`,
    username,
    avatarUrl: webUrlOf(profile.profile_picture_url),
    selectable: why === null,
    unselectableReason: why,
  };
  return [{ offered, token: null, grantedScopes, missingScopes }];
}

/** A type that isn't told is taken for a professional one: Instagram Login lets no other in. */
function whyUnselectable(type: string | null | undefined, missing: readonly string[]): UnselectableReason | null {
  if (type && !PROFESSIONAL_TYPES.has(type.toLowerCase())) return 'unsupported_type';
  return missing.length > 0 ? 'not_granted' : null;
}
