import { type DurationMs, hours } from '@mooring/contracts';
import { Injectable, Logger } from '@nestjs/common';
import { ReleaseClaims } from '../release/release-claims.ts';
import { DiscardPending } from './discard-pending.ts';
import { GrantChanges } from './grant-changes.ts';

/** The gateway owns the deadline of a choice, which is far shorter; this is for a gateway that never came back. */
export const PENDING_MS_MAX: DurationMs = hours(24);
const BATCH_MAX = 50;

/** Throws pending grants away that were forgotten. */
@Injectable()
export class DiscardStalePending {
  readonly #logger = new Logger(DiscardStalePending.name);

  constructor(
    private readonly claims: ReleaseClaims,
    private readonly discardPending: DiscardPending,
    private readonly changes: GrantChanges,
  ) {}

  /** How many were thrown away. */
  async run(): Promise<number> {
    const before = new Date(this.changes.now().getTime() - PENDING_MS_MAX);
    const stale = await this.claims.stalePending(before, BATCH_MAX);
    let discarded = 0;
    for (const { workspaceId, sessionId } of stale) {
      try {
        await this.discardPending.run(workspaceId, sessionId);
        discarded += 1;
      } catch (err) {
        // One that can't be discarded holds no other up; the next run tries it again.
        this.#logger.error({ msg: 'a forgotten consent could not be discarded', err, workspaceId, sessionId });
      }
    }
    return discarded;
  }
}
