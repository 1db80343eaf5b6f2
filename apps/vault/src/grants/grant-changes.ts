import {
  days,
  type EventData,
  type EventType,
  type GrantStateData,
  newEvent,
  type PolicyData,
} from '@mooring/contracts';
import { afterCommit, inWorkspaces } from '@mooring/persistence';
import { Outbox } from '@mooring/messaging';
import { Clock } from '@mooring/runtime/clock';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { Platforms } from '../platforms/platforms.ts';
import { settleEpisode } from './cut-off.ts';
import { effectivePolicy } from './effective-policy.ts';
import { GrantConnection } from './grant-connection.entity.ts';
import { linesOf, writeLines } from './grant-log.ts';
import { grantState } from './grant-state.ts';
import { Grant } from './grant.entity.ts';

/** Event types that tell of a grant. */
type GrantEventType = 'TokenStored' | 'TokenRefreshed' | 'TokenRefreshFailed' | 'TokenInspected' | 'TokenRevoked';

/** What an event says beside the grant's state. */
export type Announcement = {
  [T in GrantEventType]: { readonly type: T; readonly data: Omit<EventData<T>, 'grant'> };
}[GrantEventType];

/** A grant under its row's lock, with the connections that draw on it. */
export interface GrantInHand {
  readonly manager: EntityManager;
  readonly grant: Grant;
  readonly connections: GrantConnection[];
}

const NOT_KEPT_ALIVE: PolicyData = {
  refreshKind: 'none',
  refreshLeadMs: 0,
  refreshAtLifeFraction: null,
  refreshMinimumAgeMs: 0,
  inspectEveryMs: days(1),
};

/** The one way to change a grant: under the lock of its row, with a higher version, announced in the same transaction. */
@Injectable()
export class GrantChanges {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    private readonly platforms: Platforms,
    private readonly clock: Clock,
  ) {}

  /** The business time. */
  now(): Date {
    return this.clock.now();
  }

  /** Runs `work` in a transaction that sees this workspace alone. */
  inTenant<T>(workspaceId: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return inWorkspaces(this.dataSource, workspaceId, work);
  }

  /** Runs `work` in a tenant transaction under the lock of the grant's row; null where there is no such grant. */
  async underLock<T>(
    workspaceId: string,
    grantId: string,
    work: (inHand: GrantInHand) => Promise<T>,
  ): Promise<T | null> {
    return this.inTenant(workspaceId, async (manager) => {
      const [inHand] = await this.lock(manager, [grantId]);
      return inHand ? work(inHand) : null;
    });
  }

  /** Locks several grants, always in the order of their ids, so that two changes never wait for each other. */
  async lock(manager: EntityManager, grantIds: readonly string[]): Promise<GrantInHand[]> {
    const ids = [...new Set(grantIds)];
    const grants = await manager.find(Grant, {
      where: { id: In(ids) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    return Promise.all(
      grants.map(async (grant) => ({ manager, grant, connections: await this.connectionsOf(manager, grant.id) })),
    );
  }

  connectionsOf(manager: EntityManager, grantId: string): Promise<GrantConnection[]> {
    return manager.find(GrantConnection, { where: { grantId }, order: { connectionId: 'ASC' } });
  }

  /** The grant as events and answers tell it. */
  stateOf({ grant, connections }: GrantInHand): GrantStateData {
    return grantState(grant, connections, this.policyOf(grant));
  }

  /** Equal for equal states: two of them tell whether others have to hear of what was done in between. */
  fingerprintOf(inHand: GrantInHand): string {
    return JSON.stringify(this.stateOf(inHand));
  }

  /** The platform's policy as it holds for this grant. */
  policyOf({ platform, state, hasRefreshToken }: Grant): PolicyData {
    const isOver = state === 'revoking' || state === 'destroyed';
    // What is over is let go of and told, though the platform is not configured any more: nothing of it is kept alive.
    const adapter = isOver ? this.platforms.find(platform) : this.platforms.adapter(platform);
    return adapter ? effectivePolicy(adapter.policy, { hasRefreshToken }) : NOT_KEPT_ALIVE;
  }

  /** Saves the grant and its connections with the next version, and announces it with its whole state. */
  async commit(inHand: GrantInHand, ...announcements: readonly Announcement[]): Promise<void> {
    const { manager, grant, connections } = inHand;
    const episodeOfEvent = settleEpisode(grant, connections);
    const lines = linesOf(grant, connections, announcements);
    grant.version += 1;
    await manager.save(Grant, grant, { reload: false });
    if (connections.length > 0) await manager.save(GrantConnection, connections, { reload: false });
    const state = { ...this.stateOf(inHand), episodeId: episodeOfEvent };
    const time = this.clock.now();
    const about = { service: 'vault', subject: grant.id, key: grant.id, workspaceId: grant.workspaceId, time } as const;
    const events = announcements.map(({ type, data }) =>
      newEvent<EventType>({ ...about, type, data: { grant: state, ...data } }),
    );
    await this.outbox.add(manager, ...events);
    for (const connection of connections) connection.rememberLoaded();
    afterCommit(manager, () => writeLines(lines));
  }
}
