import type { GrantTokens } from '@mooring/adapters-core';
import { Injectable, Logger } from '@nestjs/common';
import type { AttemptTicket } from '../attempts/attempt-queue.ts';
import type { TokensInHand } from '../attempts/token-source.ts';
import type { JournalEntry } from '../journal/journal-entry.ts';
import type { JournalSlot } from '../journal/ports.ts';
import { ReplayJournal } from '../journal/replay-journal.ts';
import { SealedTokens } from '../sealing/sealed-tokens.ts';
import { UnreadableTokenError } from '../sealing/ports.ts';
import { FaultPoints } from './fault-points.ts';
import type { StoredAs } from './overtaken-answer.ts';
import { StoreAnswer } from './store-answer.ts';

/** A fresh answer: sealed, written to the journal where it was bought with a token that is spent once, then committed. */
@Injectable()
export class KeepAnswer {
  readonly #logger = new Logger(KeepAnswer.name);

  constructor(
    private readonly tokens: SealedTokens,
    private readonly replay: ReplayJournal,
    private readonly storeAnswer: StoreAnswer,
    private readonly faults: FaultPoints,
  ) {}

  /** A place for an answer, before it is asked for. Throws where none can be made. */
  prepare(attemptId: string): Promise<JournalSlot> {
    return this.replay.journal.prepare(attemptId);
  }

  /** @param slot null where a lost answer can simply be asked for again */
  async run(
    ticket: AttemptTicket,
    { grant: read, key }: TokensInHand,
    given: { readonly fresh: GrantTokens; readonly slot: JournalSlot | null },
  ): Promise<StoredAs> {
    if (!key) throw new UnreadableTokenError('key');
    const { fresh, slot } = given;
    const answer = this.tokens.sealAnswer(key, read, fresh);
    const { attemptId, workspaceId, grantId, trigger, requestedBy } = ticket;
    const attempt = { attemptId, workspaceId, grantId, trigger, requestedBy };
    return this.replay.besides(attemptId, async () => {
      await this.#write(slot, { instanceId: this.replay.journal.instanceId, ...attempt, answer });
      await this.faults.at('vault.after-journal');
      const storedAs = await this.storeAnswer.run({ attempt, answer, fresh: { grant: read, tokens: fresh } });
      await this.faults.at('vault.after-commit');
      await slot?.discard();
      return storedAs;
    });
  }

  async #write(slot: JournalSlot | null, entry: JournalEntry): Promise<void> {
    try {
      await slot?.write(entry);
    } catch (err) {
      // The disk is full or gone since the slot was made: the database is the only hope that is left.
      this.#logger.error({ msg: 'an answer could not be written to the journal', err, attemptId: entry.attemptId });
    }
  }
}
