import type { Consent, DiscoveredAccount } from '@mooring/adapters-core';
import type { Profile } from './profile.ts';
import { missingOf } from './scopes.ts';

/** The one account behind a consent: the person's own. It is used with the grant's token. */
export async function discover(profile: Profile, consent: Consent): Promise<DiscoveredAccount[]> {
  const account = await profile.read(consent.tokens.access.value);
  const missingScopes = missingOf(consent.grantedScopes);
  const unselectableReason = missingScopes.length > 0 ? 'not_granted' : null;
  return [
    {
      offered: { ...account, kind: 'x_account', selectable: unselectableReason === null, unselectableReason },
      token: null,
      grantedScopes: consent.grantedScopes,
      missingScopes,
    },
  ];
}
