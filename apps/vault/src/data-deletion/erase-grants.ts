import { Injectable } from '@nestjs/common';
import { uuidv7 } from 'uuidv7';
import { type Announcement, GrantChanges, type GrantInHand } from '../grants/grant-changes.ts';
import { SealedTokens } from '../sealing/sealed-tokens.ts';
import { DataDeletions, type GrantToErase } from './data-deletions.ts';

/**
 * Deletes what the vault has of people who asked for it at their platform: tokens, data key and name. Only where the
 * platform confirmed that their consent is over; who has consented again since keeps what that consent brought. The
 * connections stay as ones that need a reconnect, which begins afresh.
 */
@Injectable()
export class EraseGrants {
  constructor(
    private readonly deletions: DataDeletions,
    private readonly changes: GrantChanges,
    private readonly tokens: SealedTokens,
  ) {}

  async run(): Promise<void> {
    for (const one of await this.deletions.ready()) {
      const isErased = one.result === 'kept' || (await this.#erase(one));
      await this.deletions.done(isErased ? one : { ...one, result: 'kept' });
    }
    await this.deletions.askAgain();
  }

  /** False where the person has consented again meanwhile. */
  async #erase({ workspaceId, grantId }: GrantToErase): Promise<boolean> {
    const isErased = await this.changes.underLock(workspaceId, grantId, async (inHand) => {
      if (inHand.grant.state !== 'active') return true;
      if (isAlive(inHand)) return false;
      await this.#destroy(inHand);
      return true;
    });
    return isErased ?? true;
  }

  async #destroy(inHand: GrantInHand): Promise<void> {
    const { grant, connections, manager } = inHand;
    const living = connections.filter((connection) => !connection.released);
    for (const connection of living) connection.released = true;
    await this.tokens.destroy(manager, grant);
    grant.state = 'destroyed';
    grant.subjectName = null;
    grant.fence += 1;
    const announcements = living.map(({ connectionId, activation }): Announcement => {
      const releaseId = uuidv7();
      return { type: 'TokenRevoked', data: { connectionId, activation, releaseId, result: 'revoked' } };
    });
    await this.changes.commit(inHand, ...announcements);
  }
}

/** Whoever is told of nothing but the deletion would take a connection that was alive for one that still is. */
function isAlive({ grant, connections }: GrantInHand): boolean {
  const living = connections.filter(({ released, cutOffReason }) => !released && cutOffReason === null);
  return grant.cutOffReason === null || living.length > 0;
}
