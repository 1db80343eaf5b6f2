import { type DurationMs, minutes, seconds } from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { GrantChanges, type GrantInHand } from '../grants/grant-changes.ts';
import { Release } from './release.entity.ts';

/** The data key of a grant that nobody uses is destroyed at the latest after this, whatever the platform says. */
export const REVOCATION_MS_MAX: DurationMs = minutes(5);

/** How long the pool leaves a release to the one who waits for its answer. */
const CALLER_MS: DurationMs = seconds(3);

/** What a release is about. */
export type ReleaseNote = Pick<Release, 'releaseId' | 'workspaceId' | 'grantId' | 'connectionId' | 'activation'>;

/** Where revocations are recorded before they are done. */
@Injectable()
export class ReleaseQueue {
  #onWake: () => void = () => undefined;

  constructor(private readonly changes: GrantChanges) {}

  /** Calls `listener` when there may be something to do. */
  listen(listener: () => void): void {
    this.#onWake = listener;
  }

  /** Tells the pool to look now; call it after the commit. */
  wake(): void {
    this.#onWake();
  }

  /** Notes a release; `pending` is left to the pool, anything else is its result already. */
  async note(manager: EntityManager, note: ReleaseNote, result: Release['result']): Promise<void> {
    const now = Date.now();
    await manager.insert(Release, {
      ...note,
      result,
      giveUpAt: new Date(now + REVOCATION_MS_MAX),
      doneAt: result === 'pending' ? null : new Date(now),
    });
  }

  /** Whoever noted it tries it at once; the pool comes to it only where that has ended without a word. */
  async leaveToCaller(manager: EntityManager, releaseId: string): Promise<void> {
    await manager.query(
      `update releases set not_before = clock_timestamp() + $2 * interval '1 millisecond'
       where release_id = $1 and done_at is null and owner is null`,
      [releaseId, CALLER_MS],
    );
  }

  /** A connection went to another grant: this one goes on without it, or is let go where it was the last. */
  async movedAway(
    from: GrantInHand,
    moved: { readonly connectionId: string; readonly activation: number },
  ): Promise<void> {
    const { grant, connections, manager } = from;
    if (grant.state !== 'active') return;
    const isUsed = connections.some((connection) => !connection.released);
    if (!isUsed) grant.state = 'revoking';
    const release = { ...moved, releaseId: uuidv7() };
    if (!isUsed) {
      await this.note(manager, { ...release, workspaceId: grant.workspaceId, grantId: grant.id }, 'pending');
    }
    await this.changes.commit(from, { type: 'TokenRevoked', data: { ...release, result: 'superseded' } });
  }
}
