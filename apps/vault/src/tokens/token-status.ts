import { platformNames } from '@mooring/adapters';
import {
  connectionStatus,
  fillText,
  MooringError,
  type PolicyData,
  publishes,
  type Reason,
  REASON_TEXTS,
  type StatusVerdict,
} from '@mooring/contracts';
import { effectivePolicy } from '../grants/effective-policy.ts';
import { accessEndOf, factsOf, type GrantClocks } from '../grants/grant-state.ts';
import type { SealedTokenRead } from './ports.ts';

/** The one status function, on the vault's own facts. */
export function statusOf(read: SealedTokenRead, policy: PolicyData, now: Date): StatusVerdict {
  const isGone = read.released || read.grantState === 'revoking' || read.grantState === 'destroyed';
  return connectionStatus({ ...factsOf(read, grantClocks(read), effectivePolicy(policy, read)), removed: isGone }, now);
}

/** When the token that is read lapses. */
export function lapsesAt(read: SealedTokenRead): Date | null {
  return accessEndOf(read, grantClocks(read));
}

/** True where the token has lapsed and Mooring can renew it by itself. */
export function needsRenewal(read: SealedTokenRead, policy: PolicyData, now: Date): boolean {
  const at = lapsesAt(read);
  const { refreshKind } = effectivePolicy(policy, read);
  return refreshKind !== 'none' && read.dependsOnRefresh && at !== null && at.getTime() <= now.getTime();
}

/** Throws `connection_not_usable` with status, reason and action for anything that must not be published with. */
export function demandUsable(read: SealedTokenRead, verdict: StatusVerdict): void {
  if (!publishes(verdict.status)) throw notUsable(read, verdict);
}

/** The refusal of a read, for whoever asked to tell the people who can mend it. */
export function notUsable(read: SealedTokenRead, verdict: StatusVerdict): MooringError {
  const { status, reason, action } = verdict;
  return new MooringError('connection_not_usable', {
    parameters: { Reason: reason ? titleOf(read, reason) : 'it was disconnected' },
    // `status` and `action` are the problem document's own members.
    extensions: { connectionStatus: status, reason, connectionAction: action },
  });
}

function titleOf(read: SealedTokenRead, reason: Reason): string {
  return fillText(REASON_TEXTS[reason].title, { Platform: platformNames(read.platform).name });
}

function grantClocks(read: SealedTokenRead): GrantClocks {
  return {
    accessExpiresAt: read.grantAccessExpiresAt,
    refreshExpiresAt: read.grantRefreshExpiresAt,
    dataAccessExpiresAt: read.grantDataAccessExpiresAt,
  };
}
