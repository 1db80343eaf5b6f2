import type { ActorData, OfferedAccount, Platform } from '@mooring/contracts';
import type { Connection } from '../connections/connection.ts';

/** What a connection is made from. */
export interface NewConnectionInput {
  readonly id: string;
  readonly workspaceId: string;
  readonly platform: Platform;
  readonly account: OfferedAccount;
  readonly by: ActorData;
  readonly now: Date;
}

/** A connection that is being set up: no facts yet, no grant, never activated. */
export function newConnection({ id, workspaceId, platform, account, by, now }: NewConnectionInput): Connection {
  return {
    id,
    workspaceId,
    platform,
    kind: account.kind,
    accountId: account.accountId,
    displayName: account.displayName,
    username: account.username,
    avatarUrl: account.avatarUrl,
    phase: 'reserved',
    version: 0,
    activation: 0,
    grantId: null,
    grantVersion: 0,
    grantMoves: 0,
    grantGeneration: 0,
    cutOffReason: null,
    cutOffSince: null,
    deadlineAt: null,
    deadlineKind: null,
    remindedDaysLeft: null,
    episodeId: null,
    consentAdvised: false,
    grantedScopes: [],
    missingScopes: [],
    tokenExpiresAt: null,
    dataAccessExpiresAt: null,
    lastRefreshedAt: null,
    lastCheckedAt: null,
    status: 'connected',
    reason: null,
    action: null,
    previousStatus: null,
    statusSince: now,
    connectedAt: now,
    connectedBy: by.subject,
    connectedByName: by.name,
    consentedAt: now,
    consentedAs: null,
    removedAt: null,
    releaseId: null,
    revocation: null,
  };
}
