import type { PlatformAdapter } from '@mooring/adapters-core';
import { platformNames } from '@mooring/adapters';
import { MooringError, type PendingGrantView } from '@mooring/contracts';
import { accountKey, type Connection } from '../connections/connection.ts';
import { UNUSABLE_MESSAGES } from './unselectable-words.ts';

/** How many of the found accounts a message names. */
const NAMED_MAX = 3;

/**
 * Whether what the person consented to can be used at all. Accounts that can't be chosen are an offer too: the person sees
 * them with the reason (C83).
 * Throws MooringError `permissions_declined`, `no_accounts`, `wrong_account`, `account_not_usable`.
 */
export function checkOffer(adapter: PlatformAdapter, offer: PendingGrantView, reconnecting: Connection | null): void {
  const { name, accounts } = platformNames(adapter.platform);
  const unticked = untickedScopes(adapter, offer, reconnecting);
  if (unticked.length > 0) {
    throw new MooringError('permissions_declined', { parameters: { Platform: name, Scopes: unticked.join(', ') } });
  }
  if (reconnecting) checkSameAccount(adapter, offer, reconnecting);
  else if (offer.accounts.length === 0) {
    throw new MooringError('no_accounts', { parameters: { Platform: name, Pages: accounts } });
  }
}

/** What the consent can't do without and doesn't have. Where the platform doesn't say, nothing is taken for missing (C36). */
function untickedScopes(
  adapter: PlatformAdapter,
  { grantedScopes, missingScopes }: PendingGrantView,
  reconnecting: Connection | null,
): string[] {
  if (grantedScopes.length + missingScopes.length === 0) return [];
  const ofKind = reconnecting && adapter.requiredScopesOf?.(reconnecting.kind);
  return (ofKind ?? adapter.requiredScopes).filter((scope) => !grantedScopes.includes(scope));
}

function checkSameAccount(adapter: PlatformAdapter, offer: PendingGrantView, reconnecting: Connection): void {
  const wanted = accountKey(reconnecting);
  const same = offer.accounts.find((account) => accountKey(account) === wanted);
  if (same?.selectable) return;
  const { name: Platform } = platformNames(adapter.platform);
  if (same) {
    const Reason = UNUSABLE_MESSAGES[same.unselectableReason ?? 'no_token'];
    throw new MooringError('account_not_usable', { parameters: { Account: same.displayName, Platform, Reason } });
  }
  throw new MooringError('wrong_account', { parameters: { Platform, ...bothNames(offer, reconnecting) } });
}

/** Accounts of the same name are told apart by their ids. */
function bothNames(offer: PendingGrantView, { displayName, accountId }: Connection) {
  const found = offer.accounts.slice(0, NAMED_MAX);
  const alike = found.some((account) => account.displayName === displayName);
  const nameOf = (account: Pick<Connection, 'displayName' | 'accountId'>): string =>
    alike ? `${account.displayName} (${account.accountId})` : account.displayName;
  const Actual = found.map(nameOf).join(', ') || offer.subjectName || 'another account';
  return { Expected: nameOf({ displayName, accountId }), Actual };
}
