import type { GrantTokens } from '@mooring/adapters-core';
import { Injectable, Logger } from '@nestjs/common';
import type { AttemptTicket } from '../attempts/attempt-queue.ts';
import type { TokensInHand } from '../attempts/token-source.ts';
import type { JournalSlot } from '../journal/ports.ts';
import { ReplayJournal } from '../journal/replay-journal.ts';
import { SealedTokens } from '../sealing/sealed-tokens.ts';
import { UnreadableTokenError } from '../sealing/ports.ts';
import { FaultPoints } from './fault-points.ts';
import type { StoredAs } from './overtaken-answer.ts';
import { StoreAnswer } from './store-answer.ts';

/** An answer that was sealed, and lies in the journal where it was bought with a token that is spent once. */
export type JottedAnswer = Parameters<StoreAnswer['run']>[0];

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

  /** Runs `work`, from the asking to the commit, while the replay leaves this attempt alone. */
  besides<T>(attemptId: string, work: () => Promise<T>): Promise<T> {
    return this.replay.besides(attemptId, work);
  }

  /**
   * Seals an answer and writes it to its slot without letting anything else happen in between.
   * @param slot null where a lost answer can simply be asked for again
   */
  jot(
    ticket: AttemptTicket,
    { grant: read, key }: TokensInHand,
    given: { readonly fresh: GrantTokens; readonly slot: JournalSlot | null },
  ): JottedAnswer {
    if (!key) throw new UnreadableTokenError('key');
    const { fresh: tokens, slot } = given;
    const answer = this.tokens.sealAnswer(key, read, tokens);
    const { attemptId, workspaceId, grantId, trigger, requestedBy } = ticket;
    const attempt = { attemptId, workspaceId, grantId, trigger, requestedBy };
    try {
      slot?.jot({ instanceId: this.replay.journal.instanceId, ...attempt, answer });
    } catch (err) {
      this.#tellUnwritten(attemptId, err);
    }
    return { attempt, answer, fresh: { grant: read, tokens } };
  }

  /** Makes what was jotted down outlive the machine, commits it, and takes it out of the journal. */
  async run(jotted: JottedAnswer, slot: JournalSlot | null): Promise<StoredAs> {
    await slot?.sync().catch((err: unknown) => this.#tellUnwritten(jotted.attempt.attemptId, err));
    await this.faults.at('vault.after-journal');
    const storedAs = await this.storeAnswer.run(jotted);
    await this.faults.at('vault.after-commit');
    await slot?.discard();
    return storedAs;
  }

  /** The disk is full or gone since the slot was made: the database is the only hope that is left. */
  #tellUnwritten(attemptId: string, err: unknown): void {
    this.#logger.error({ msg: 'an answer could not be written to the journal', err, attemptId });
  }
}
