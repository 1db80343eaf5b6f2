import {
  bindingDeadline,
  type ConnectionFacts,
  type Deadline,
  type GrantConnectionData,
  type GrantStateData,
  type PolicyData,
  type Reason,
} from '@mooring/contracts';
import type { GrantConnection } from './grant-connection.entity.ts';
import type { Grant } from './grant.entity.ts';

/** The clocks of a grant's own tokens. */
export type GrantClocks = Pick<Grant, 'accessExpiresAt' | 'refreshExpiresAt' | 'dataAccessExpiresAt'>;
/** The clocks of a connection's token. */
export type ConnectionClocks = Pick<
  GrantConnection,
  'ownToken' | 'dependsOnRefresh' | 'tokenExpiresAt' | 'dataAccessExpiresAt'
>;

/** The deadline of a connection: its own token's, or the grant's where it lives on that one. */
export function deadlineOf(
  connection: ConnectionClocks,
  grant: GrantClocks,
  policy: Pick<PolicyData, 'refreshKind'>,
): Deadline | null {
  const renewable = connection.dependsOnRefresh && policy.refreshKind !== 'none';
  return bindingDeadline({
    accessExpiresAt: accessEndOf(connection, grant),
    refreshExpiresAt: connection.dependsOnRefresh ? grant.refreshExpiresAt : null,
    dataAccessExpiresAt: connection.ownToken ? connection.dataAccessExpiresAt : grant.dataAccessExpiresAt,
    renewable,
  });
}

/** When the token that a connection is used with lapses; null where that is never, or not known. */
export function accessEndOf(connection: ConnectionClocks, grant: GrantClocks): Date | null {
  return connection.ownToken ? connection.tokenExpiresAt : grant.accessExpiresAt;
}

/** What the one status function judges a connection by. */
export function factsOf(
  connection: ConnectionClocks & { readonly released: boolean; readonly cutOffReason: Reason | null },
  grant: GrantClocks,
  policy: Pick<PolicyData, 'refreshKind'>,
): ConnectionFacts {
  return {
    removed: connection.released,
    cutOff: connection.cutOffReason ? { reason: connection.cutOffReason } : null,
    deadline: deadlineOf(connection, grant, policy),
  };
}

/** The whole state of a grant, as every event on the tokens topic carries it. */
export function grantState(grant: Grant, connections: readonly GrantConnection[], policy: PolicyData): GrantStateData {
  if (grant.state === 'pending') throw new RangeError('a pending grant is nobody’s to know');
  return {
    grantId: grant.id,
    workspaceId: grant.workspaceId,
    platform: grant.platform,
    state: grant.state,
    version: grant.version,
    generation: grant.generation,
    accessExpiresAt: instant(grant.accessExpiresAt),
    refreshExpiresAt: instant(grant.refreshExpiresAt),
    dataAccessExpiresAt: instant(grant.dataAccessExpiresAt),
    issuedAt: instant(grant.issuedAt),
    refreshedAt: instant(grant.refreshedAt),
    cutOff: cutOffOf(grant),
    consentAdvice: grant.consentAdvice,
    episodeId: grant.episodeId,
    policy,
    connections: connections.map((connection) => connectionState(connection, grant, policy)),
  };
}

function connectionState(connection: GrantConnection, grant: Grant, policy: PolicyData): GrantConnectionData {
  const deadline = deadlineOf(connection, grant, policy);
  return {
    connectionId: connection.connectionId,
    accountId: connection.accountId,
    kind: connection.kind,
    activation: connection.activation,
    moves: connection.moves,
    released: connection.released,
    cutOff: cutOffOf(connection),
    tokenExpiresAt: instant(accessEndOf(connection, grant)),
    dataAccessExpiresAt: instant(connection.ownToken ? connection.dataAccessExpiresAt : grant.dataAccessExpiresAt),
    deadline: deadline && { at: deadline.at.toISOString(), kind: deadline.kind },
    dependsOnRefresh: connection.dependsOnRefresh,
    grantedScopes: connection.grantedScopes,
    missingScopes: connection.missingScopes,
    checkedAt: instant(connection.checkedAt),
  };
}

function cutOffOf(row: Pick<Grant, 'cutOffReason' | 'cutOffSince'>): GrantStateData['cutOff'] {
  return row.cutOffReason && row.cutOffSince
    ? { reason: row.cutOffReason, since: row.cutOffSince.toISOString() }
    : null;
}

function instant(date: Date | null): string | null {
  return date ? date.toISOString() : null;
}
