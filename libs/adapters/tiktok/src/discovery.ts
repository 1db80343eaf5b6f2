import type { Consent, DiscoveredAccount } from '@mooring/adapters-core';
import type { OpenApi } from './open-api.ts';
import { UserInfo, type User } from './schemas.ts';
import { IDENTITY_SCOPE, missingOf, userFieldsFor } from './scopes.ts';

const NAME_LENGTH_MAX = 200;
const URL_LENGTH_MAX = 2_048;

/** The one account of a consent, with what was unticked named where publishing needs it (C39, C40). */
export async function discover(api: OpenApi, userInfoUrl: string, consent: Consent): Promise<DiscoveredAccount[]> {
  const { grantedScopes, subjectId } = consent;
  const missingScopes = missingOf(grantedScopes);
  const user = await userOf(api, userInfoUrl, consent);
  const selectable = missingScopes.length === 0;
  const username = shownText(user.username);
  const offered = {
    accountId: subjectId,
    kind: 'tiktok_account',
    displayName: shownText(user.display_name) ?? consent.subjectName ?? username ?? 'TikTok account',
    username,
    avatarUrl: webAddress(user.avatar_url),
    selectable,
    unselectableReason: selectable ? null : ('not_granted' as const),
  };
  return [{ offered, token: null, grantedScopes, missingScopes }];
}

async function userOf(api: OpenApi, url: string, consent: Consent): Promise<Partial<User>> {
  const { grantedScopes, tokens } = consent;
  if (!grantedScopes.includes(IDENTITY_SCOPE)) return {};
  const { user } = await api.call(tokens.access.value, {
    ...{ url, schema: UserInfo, what: 'user info', scope: IDENTITY_SCOPE },
    fields: userFieldsFor(grantedScopes),
  });
  return user;
}

/** A text of the platform as it may be shown: one line, bounded; null for none. */
export function shownText(text: string | null | undefined): string | null {
  const trimmed = text
    ?.replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, NAME_LENGTH_MAX);
  return trimmed ? trimmed : null;
}

/** An address that a browser may open; null for anything else. */
export function webAddress(url: string | null | undefined): string | null {
  if (!url || url.length > URL_LENGTH_MAX || !URL.canParse(url)) return null;
  return ['https:', 'http:'].includes(new URL(url).protocol) ? url : null;
}
