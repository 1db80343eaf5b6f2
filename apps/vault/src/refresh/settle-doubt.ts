import type { DurationMs } from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import type { AttemptTicket } from '../attempts/attempt-queue.ts';
import { GrantChanges } from '../grants/grant-changes.ts';
import type { Grant } from '../grants/grant.entity.ts';
import { JournalSettings } from '../journal/ports.ts';
import { ReplayJournal } from '../journal/replay-journal.ts';
import { type DoubtRuling, ruleOnDoubt } from './doubt.ts';
import { Orphans } from './orphans.ts';

/** settled: the answer was found, the grant has newer tokens. */
export type SettledDoubt = DoubtRuling | { readonly kind: 'settled' };

const JOURNAL_RETRY_MS: DurationMs = 60_000;

/** Looks for the answer to a token that may have been spent: in the journal, then among the orphans. */
@Injectable()
export class SettleDoubt {
  constructor(
    private readonly replay: ReplayJournal,
    private readonly orphans: Orphans,
    private readonly changes: GrantChanges,
    private readonly settings: JournalSettings,
  ) {}

  /** Who spends a token here. */
  get instanceId(): string {
    return this.replay.journal.instanceId;
  }

  /** Call it under the grant's lease. */
  async run(ticket: AttemptTicket, grant: Grant, accessIsDead: boolean): Promise<SettledDoubt> {
    if (await this.replay.ofGrant(grant.id)) {
      const isNewer = (await this.#generationOf(ticket)) !== grant.generation;
      // As long as the answer lies in the journal nothing is spent, whatever keeps it from being committed.
      return isNewer ? { kind: 'settled' } : { kind: 'wait', forMs: JOURNAL_RETRY_MS };
    }
    if (await this.orphans.takeUp(ticket, grant)) return { kind: 'settled' };
    return ruleOnDoubt(grant, {
      now: this.changes.now(),
      realNow: new Date(),
      accessIsDead,
      instanceId: this.instanceId,
      graceMs: this.settings.graceMs,
    });
  }

  #generationOf({ workspaceId, grantId }: AttemptTicket): Promise<number | null> {
    return this.changes.underLock(workspaceId, grantId, ({ grant }) => Promise.resolve(grant.generation));
  }
}
