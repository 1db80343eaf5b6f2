import { type DurationMs, hours } from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import { ReleaseClaims } from '../release/release-claims.ts';
import { DiscardPending } from './discard-pending.ts';
import { GrantChanges } from './grant-changes.ts';

/** The gateway owns the deadline of a choice, which is far shorter; this is for a gateway that never came back. */
export const PENDING_MS_MAX: DurationMs = hours(24);
const BATCH_MAX = 50;

/** Throws pending grants away that were forgotten. */
@Injectable()
export class DiscardStalePending {
  constructor(
    private readonly claims: ReleaseClaims,
    private readonly discardPending: DiscardPending,
    private readonly changes: GrantChanges,
  ) {}

  /** How many were thrown away. */
  async run(): Promise<number> {
    const before = new Date(this.changes.now().getTime() - PENDING_MS_MAX);
    const stale = await this.claims.stalePending(before, BATCH_MAX);
    for (const { workspaceId, sessionId } of stale) await this.discardPending.run(workspaceId, sessionId);
    return stale.length;
  }
}
