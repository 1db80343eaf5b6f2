import type { ConnectionStatus, GrantConnectionData, GrantStateData } from '@mooring/contracts';
import { type Connection, restate } from './connection.ts';

/** What the facts of a grant changed about one of its connections. */
export interface FactsDifference {
  /** The status before, where it is another one now. */
  readonly before: ConnectionStatus | null;
  readonly scopesAdded: readonly string[];
  readonly scopesRemoved: readonly string[];
  /** Reason or deadline is another one, though the status be the same. */
  readonly detailsChanged: boolean;
}

const date = (text: string | null): Date | null => (text === null ? null : new Date(text));
const without = (all: readonly string[], taken: readonly string[]): string[] =>
  all.filter((item) => !taken.includes(item));

/**
 * What a grant's state says about this connection, if it is news: same grant, same activation, and a state that is not
 * older than the one that the facts came from.
 */
export function newsFor(connection: Connection, grant: GrantStateData): GrantConnectionData | null {
  if (connection.phase !== 'live' || connection.grantId !== grant.grantId) return null;
  if (grant.version <= connection.grantVersion) return null;
  return partOf(connection, grant);
}

/** The connection's own part of a grant's state; null where the grant knows another activation of it, or none. */
export function partOf(connection: Connection, grant: GrantStateData): GrantConnectionData | null {
  const part = grant.connections.find(({ connectionId }) => connectionId === connection.id);
  return part && part.activation === connection.activation && !part.released ? part : null;
}

/** Writes a grant's facts into a connection and its verdict beside them. */
export function applyFacts(
  connection: Connection,
  facts: { readonly grant: GrantStateData; readonly part: GrantConnectionData },
  now: Date,
): FactsDifference {
  const { grant, part } = facts;
  const { reason, deadlineAt, grantedScopes } = connection;
  writeFacts(connection, grant, part);
  if (connection.deadlineAt?.getTime() !== deadlineAt?.getTime()) connection.remindedDaysLeft = null;
  const before = restate(connection, now);
  return {
    before,
    scopesAdded: without(connection.grantedScopes, grantedScopes),
    scopesRemoved: without(grantedScopes, connection.grantedScopes),
    detailsChanged: connection.reason !== reason || connection.deadlineAt?.getTime() !== deadlineAt?.getTime(),
  };
}

function writeFacts(connection: Connection, grant: GrantStateData, part: GrantConnectionData): void {
  connection.grantVersion = grant.version;
  connection.grantMoves = Math.max(connection.grantMoves, part.moves ?? 0);
  connection.grantGeneration = grant.generation;
  connection.cutOffReason = part.cutOff?.reason ?? null;
  connection.cutOffSince = date(part.cutOff?.since ?? null);
  connection.deadlineAt = date(part.deadline?.at ?? null);
  connection.deadlineKind = part.deadline?.kind ?? null;
  connection.episodeId = grant.episodeId;
  connection.consentAdvised = grant.consentAdvice;
  connection.grantedScopes = [...part.grantedScopes];
  connection.missingScopes = [...part.missingScopes];
  connection.tokenExpiresAt = date(part.tokenExpiresAt);
  connection.dataAccessExpiresAt = date(part.dataAccessExpiresAt);
  connection.lastRefreshedAt = date(grant.refreshedAt) ?? connection.lastRefreshedAt;
  connection.lastCheckedAt = date(part.checkedAt) ?? connection.lastCheckedAt;
}
