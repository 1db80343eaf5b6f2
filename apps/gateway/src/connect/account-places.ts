import { KINDS_BESIDE_PLAN, shownUnder } from '@mooring/adapters';
import { MooringError, type OfferedAccount, type Platform } from '@mooring/contracts';
import { accountKey, type Connection, kindName } from '../connections/connection.ts';
import type { ConnectionStore } from '../connections/ports.ts';

/** An offered account with what the workspace already holds of it. */
export interface AccountPlace {
  readonly account: OfferedAccount;
  /** The platform that people see it under. */
  readonly platform: Platform;
  /** True where it takes a place of the plan. */
  readonly counts: boolean;
  /** It is connected now, or being connected, by this way or another. */
  readonly taken: Connection | null;
  /** The record of the same account by the same way, which was disconnected and can be restored. */
  readonly removed: Connection | null;
}

/** Looks up what a workspace holds of the accounts that a consent at `platform` offers. */
export async function placesOf(
  connections: ConnectionStore,
  platform: Platform,
  accounts: readonly OfferedAccount[],
): Promise<AccountPlace[]> {
  const shown = accounts.map((account) => ({ account, platform: shownUnder(account.kind, platform) }));
  const known = await connections.ofAccounts(
    shown.map(({ account: { accountId }, platform: under }) => ({ platform: under, accountId })),
  );
  return shown.map(({ account, platform: under }) => {
    const same = known.filter(({ accountId, platform: its }) => accountId === account.accountId && its === under);
    return {
      account,
      platform: under,
      counts: !KINDS_BESIDE_PLAN.includes(account.kind),
      taken: same.find(({ phase }) => phase !== 'removed') ?? null,
      removed: same.find((one) => one.phase === 'removed' && accountKey(one) === accountKey(account)) ?? null,
    };
  });
}

/** Throws MooringError `account_already_connected`, which says as what, for the first that is. */
export function requireFree(places: readonly AccountPlace[]): void {
  for (const { taken } of places) {
    if (!taken) continue;
    const parameters = { Account: taken.displayName, Kind: kindName(taken.kind) };
    throw new MooringError('account_already_connected', { parameters });
  }
}
