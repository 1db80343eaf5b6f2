import type { RevocationResultCode } from '@mooring/contracts';
import { Logger } from '@nestjs/common';
import type { GrantConnection } from './grant-connection.entity.ts';
import type { Announcement } from './grant-changes.ts';
import type { Grant } from './grant.entity.ts';

const logger = new Logger('Grants');

/** A line of the log, with how loud it is. */
export interface GrantLine {
  readonly loud: boolean;
  readonly members: { readonly msg: string; readonly [name: string]: unknown };
}

/** The ids by which lines of one grant are found. */
export function grantIds({ id, workspaceId, platform, generation }: Grant): object {
  return { grantId: id, workspaceId, platform, generation };
}

/** What the operator is told of a change of a grant: what was announced, and each connection that was cut off or healed. */
export function linesOf(
  grant: Grant,
  connections: readonly GrantConnection[],
  announcements: readonly Announcement[],
): GrantLine[] {
  const ids = grantIds(grant);
  const platformCode = announcements.map(platformCodeOf).find((code) => code !== null) ?? null;
  const changed = connections.filter((row) => !row.released && row.cutOffReason !== (row.loadedCutOffReason ?? null));
  const ofConnections = changed.map(({ connectionId, accountId, cutOffReason: reason, refusedWith }): GrantLine => {
    const about = { ...ids, connectionId, accountId };
    if (reason === null) return { loud: false, members: { msg: 'connection healed', ...about } };
    const details = known({ reason, platformCode: refusedWith ?? platformCode });
    return { loud: true, members: { msg: 'connection cut off', ...about, ...details } };
  });
  const hasChanged = changed.length > 0;
  const living = connections.filter((row) => !row.released).length;
  const announced = announcements.flatMap((announcement) => lineOf(announcement, { ids, living, hasChanged }));
  return [...announced, ...ofConnections];
}

/** Writes lines down; to be called when the change is committed. */
export function writeLines(lines: readonly GrantLine[]): void {
  for (const { loud, members } of lines) {
    if (loud) logger.warn(members);
    else logger.log(members);
  }
}

const RELEASE_MESSAGES: Partial<Record<RevocationResultCode, string>> = {
  revoked: 'consent revoked',
  unsupported: 'consent stays: the platform has no way to revoke it',
  failed: 'consent could not be revoked',
  superseded: 'release came too late',
};

interface Circumstances {
  readonly ids: object;
  readonly living: number;
  readonly hasChanged: boolean;
}

function lineOf({ type, data }: Announcement, { ids, living, hasChanged }: Circumstances): GrantLine[] {
  switch (type) {
    case 'TokenStored': {
      const { sessionId, purpose } = data;
      return [{ loud: false, members: { msg: 'grant activated', ...ids, sessionId, purpose, connections: living } }];
    }
    case 'TokenRefreshed':
      return [{ loud: false, members: { msg: 'grant renewed', ...ids, ...known(data.attempt) } }];
    case 'TokenRefreshFailed':
      return [
        { loud: true, members: { msg: 'renewal failed', ...ids, ...known({ ...data.attempt, ...data.failure }) } },
      ];
    case 'TokenInspected': {
      // The daily look at a healthy grant is counted and not told.
      if (data.answered && !hasChanged) return [];
      const { answered, attempt, failure } = data;
      return [
        {
          loud: !answered,
          members: { msg: 'grant inspected', ...ids, ...known({ ...attempt, answered, ...failure }) },
        },
      ];
    }
    case 'TokenRevoked': {
      const { connectionId, releaseId, result } = data;
      const msg = RELEASE_MESSAGES[result] ?? 'connection released';
      return [{ loud: result === 'failed', members: { msg, ...ids, connectionId, releaseId, result } }];
    }
  }
}

/** Without what is null: it tells nothing. */
function known(members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
}

function platformCodeOf(announcement: Announcement): string | null {
  const { data } = announcement;
  return 'failure' in data ? (data.failure?.platformCode ?? null) : null;
}
