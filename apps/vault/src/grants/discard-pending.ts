import { Injectable } from '@nestjs/common';
import { uuidv7 } from 'uuidv7';
import { FinishRelease } from '../release/finish-release.ts';
import { ReleaseQueue } from '../release/release-queue.ts';
import { GrantChanges } from './grant-changes.ts';
import { pendingOf } from './pending-grants.ts';

/**
 * Throws a pending grant away that nobody claimed: taken back at the platform unless another grant of that person lives, then
 * destroyed. Idempotent; an activated session is untouchable.
 */
@Injectable()
export class DiscardPending {
  constructor(
    private readonly changes: GrantChanges,
    private readonly releases: ReleaseQueue,
    private readonly finish: FinishRelease,
  ) {}

  async run(workspaceId: string, sessionId: string): Promise<void> {
    const grantId = await this.changes.inTenant(workspaceId, async (manager) => {
      const found = await pendingOf(manager, sessionId);
      const [inHand] = found ? await this.changes.lock(manager, [found.id]) : [];
      if (inHand?.grant.state !== 'pending') return null;
      const { grant } = inHand;
      grant.state = 'revoking';
      grant.discovered = null;
      const note = { releaseId: uuidv7(), workspaceId, grantId: grant.id, connectionId: null, activation: null };
      await this.releases.note(manager, note, 'pending');
      await this.changes.commit(inHand);
      return grant.id;
    });
    if (grantId === null) return;
    await this.finish.run(workspaceId, grantId);
    this.releases.wake();
  }
}
