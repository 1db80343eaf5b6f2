import type { PlatformAdapter } from '@mooring/adapters-core';
import { MooringError, type PendingGrantView, PLATFORM_NAMES } from '@mooring/contracts';
import { accountKey, type Connection } from '../connections/connection.ts';

/**
 * Whether what the person consented to can be used at all. Accounts that can't be chosen are an offer too: the person sees
 * them with the reason (C83).
 * Throws MooringError `permissions_declined`, `no_accounts`, `wrong_account`, `account_not_offered`.
 */
export function checkOffer(adapter: PlatformAdapter, offer: PendingGrantView, reconnecting: Connection | null): void {
  const { name, accounts } = PLATFORM_NAMES[adapter.platform];
  const unticked = adapter.requiredScopes.filter((scope) => !offer.grantedScopes.includes(scope));
  if (unticked.length > 0) {
    throw new MooringError('permissions_declined', { parameters: { Platform: name, Scopes: unticked.join(', ') } });
  }
  if (reconnecting) checkSameAccount(adapter, offer, reconnecting);
  else if (offer.accounts.length === 0) {
    throw new MooringError('no_accounts', { parameters: { Platform: name, Pages: accounts } });
  }
}

function checkSameAccount(adapter: PlatformAdapter, offer: PendingGrantView, reconnecting: Connection): void {
  const wanted = accountKey(reconnecting);
  const same = offer.accounts.find((account) => accountKey(account) === wanted);
  if (same?.selectable) return;
  if (same) throw new MooringError('account_not_offered', { parameters: { Account: reconnecting.displayName } });
  const names = offer.accounts.map(({ displayName }) => displayName).slice(0, 3);
  throw new MooringError('wrong_account', {
    parameters: {
      Platform: PLATFORM_NAMES[adapter.platform].name,
      Expected: reconnecting.displayName,
      Actual: names.join(', ') || offer.subjectName || 'another account',
    },
  });
}
