import type {
  Action,
  ConnectionFacts,
  ConnectionKind,
  ConnectionStateData,
  ConnectionStatus,
  DeadlineKind,
  Platform,
  Reason,
  RevocationResultCode,
  StatusVerdict,
} from '@mooring/contracts';
import { consentPlatformOf, kindDefinition } from '@mooring/adapters';
import { connectionStatus } from '@mooring/contracts';

/**
 * Where a connection stands in Mooring itself: `reserved` by a choice that is being carried out (invisible, but it counts
 * for plan and uniqueness) · `live` · `removed` by a person (kept, so that it can be restored).
 */
export type ConnectionPhase = 'reserved' | 'live' | 'removed';

/** One account that a workspace publishes through: facts from the vault, and the verdict that follows from them. */
export interface Connection {
  id: string;
  workspaceId: string;
  /** The one that people see it under; see {@link consentPlatform} for where its consent is given. */
  platform: Platform;
  kind: ConnectionKind;
  accountId: string;
  displayName: string;
  username: string | null;
  avatarUrl: string | null;
  phase: ConnectionPhase;
  /** Grows with every announced event. */
  version: number;
  /** Raised by every activation at the vault; a release names it. */
  activation: number;
  grantId: string | null;
  /** Version of the grant state that the facts come from; older states are dropped. */
  grantVersion: number;
  /** How often the vault had moved it to another grant by then. */
  grantMoves: number;
  grantGeneration: number;
  cutOffReason: Reason | null;
  cutOffSince: Date | null;
  deadlineAt: Date | null;
  deadlineKind: DeadlineKind | null;
  /** Days left that people were last reminded of for this deadline. */
  remindedDaysLeft: number | null;
  episodeId: string | null;
  consentAdvised: boolean;
  grantedScopes: string[];
  missingScopes: string[];
  tokenExpiresAt: Date | null;
  dataAccessExpiresAt: Date | null;
  lastRefreshedAt: Date | null;
  lastCheckedAt: Date | null;
  /** The status function's answer when the facts were last written; a test recomputes it. */
  status: ConnectionStatus;
  reason: Reason | null;
  action: Action | null;
  previousStatus: ConnectionStatus | null;
  statusSince: Date;
  connectedAt: Date;
  connectedBy: string;
  connectedByName: string | null;
  consentedAt: Date;
  consentedAs: string | null;
  removedAt: Date | null;
  releaseId: string | null;
  revocation: RevocationResultCode | null;
}

/** Identity of an account within a workspace. */
export function accountKey(account: { readonly kind: ConnectionKind; readonly accountId: string }): string {
  return `${account.kind}:${account.accountId}`;
}

/** Where its consent is given: an Instagram account behind a Page is shown under Instagram, but it is Facebook that asks. */
export function consentPlatform({ kind, platform }: Pick<Connection, 'kind' | 'platform'>): Platform {
  return consentPlatformOf(kind) ?? platform;
}

/** What is connected, in words, singular. */
export function kindName(kind: ConnectionKind): string {
  return kindDefinition(kind)?.name ?? kind;
}

/** What the status function reads. */
export function factsOf(connection: Connection): ConnectionFacts {
  const { phase, cutOffReason, deadlineAt, deadlineKind } = connection;
  return {
    removed: phase === 'removed',
    cutOff: cutOffReason ? { reason: cutOffReason } : null,
    deadline: deadlineAt && deadlineKind ? { at: deadlineAt, kind: deadlineKind } : null,
  };
}

/** The status as of now: a deadline may have passed since the facts were written. */
export function verdictOf(connection: Connection, now: Date): StatusVerdict {
  return connectionStatus(factsOf(connection), now);
}

/** When the status as of now began. */
export function statusSince(connection: Connection, now: Date): Date {
  const { status } = verdictOf(connection, now);
  if (status === connection.status || !connection.deadlineAt) return connection.statusSince;
  return status === 'needs_reconnect' ? connection.deadlineAt : connection.statusSince;
}

/** Writes the verdict beside the facts. Answers the status before where it differs, else null. */
export function restate(connection: Connection, now: Date): ConnectionStatus | null {
  const before = connection.status;
  const verdict = verdictOf(connection, now);
  connection.status = verdict.status;
  connection.reason = verdict.reason;
  connection.action = verdict.action;
  if (before === verdict.status) return null;
  connection.previousStatus = before;
  connection.statusSince = now;
  return before;
}

/** The state that every event of the connection carries. */
export function stateOf(connection: Connection): ConnectionStateData {
  const { deadlineAt, deadlineKind } = connection;
  return {
    connectionId: connection.id,
    workspaceId: connection.workspaceId,
    grantId: connection.grantId,
    version: connection.version,
    platform: connection.platform,
    kind: connection.kind,
    accountId: connection.accountId,
    displayName: connection.displayName,
    username: connection.username,
    avatarUrl: connection.avatarUrl,
    status: connection.status,
    previousStatus: connection.previousStatus,
    reason: connection.reason,
    action: connection.action,
    statusSince: connection.statusSince.toISOString(),
    episodeId: connection.episodeId,
    deadline: deadlineAt && deadlineKind ? { at: deadlineAt.toISOString(), kind: deadlineKind } : null,
    missingScopes: connection.missingScopes,
    lastRefreshedAt: connection.lastRefreshedAt?.toISOString() ?? null,
    lastCheckedAt: connection.lastCheckedAt?.toISOString() ?? null,
  };
}
