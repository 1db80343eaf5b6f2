import type { DurationMs } from '@mooring/contracts';

/** How reads are gathered. */
export interface GatheringBounds {
  /** Reads of one statement. */
  readonly batchMax: number;
  /** Statements under way at once; beside the first only for a full batch or a first one that is slow. */
  readonly statementsMax: number;
  /** How long reads wait for a statement that is under way before another one is begun. */
  readonly patienceMs: DurationMs;
}

interface Waiting<Asked, Answer> {
  readonly asked: Asked;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers the reads that come while statements are under way, and those of one turn of the event loop, into one
 * statement; a lone read goes at once. Nothing is shared between reads: each has a place of its own in its statement.
 */
export class GatheredReads<Asked, Answer> {
  #waiting: Waiting<Asked, Answer>[] = [];
  #underWay = 0;
  #isPlanned = false;
  #patience: NodeJS.Timeout | undefined;
  readonly #bounds: GatheringBounds;
  readonly #statement: (asked: readonly Asked[]) => Promise<readonly Answer[]>;
  readonly #isOneReadsFault: (error: unknown) => boolean;

  /**
   * @param statement answers each read in its place
   * @param isOneReadsFault true for an error that one read of a statement may have caused: each is then tried alone
   */
  constructor(
    bounds: GatheringBounds,
    statement: (asked: readonly Asked[]) => Promise<readonly Answer[]>,
    isOneReadsFault: (error: unknown) => boolean,
  ) {
    this.#bounds = bounds;
    this.#statement = statement;
    this.#isOneReadsFault = isOneReadsFault;
  }

  read(asked: Asked): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ asked, resolve, reject });
      this.#plan();
    });
  }

  #plan(): void {
    if (this.#isPlanned || this.#underWay >= this.#bounds.statementsMax) return;
    if (this.#underWay > 0 && this.#waiting.length < this.#bounds.batchMax) {
      this.#patience ??= setTimeout(() => this.#sendAll(), this.#bounds.patienceMs);
      return;
    }
    this.#isPlanned = true;
    // Requests that have come by other sockets in this turn are read before this calls back.
    setImmediate(() => this.#sendAll());
  }

  #sendAll(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
    this.#isPlanned = false;
    while (this.#waiting.length > 0 && this.#underWay < this.#bounds.statementsMax) {
      void this.#send(this.#waiting.splice(0, this.#bounds.batchMax));
    }
  }

  async #send(batch: readonly Waiting<Asked, Answer>[]): Promise<void> {
    this.#underWay += 1;
    try {
      await this.#answer(batch);
    } finally {
      this.#underWay -= 1;
      if (this.#waiting.length > 0) this.#plan();
    }
  }

  async #answer(batch: readonly Waiting<Asked, Answer>[]): Promise<void> {
    try {
      const answers = await this.#statement(batch.map(({ asked }) => asked));
      if (answers.length !== batch.length) throw new Error('a statement answered another number of reads');
      batch.forEach(({ resolve }, place) => resolve(answers[place]!));
    } catch (error) {
      if (batch.length > 1 && this.#isOneReadsFault(error)) {
        for (const one of batch) await this.#answer([one]);
      } else {
        for (const { reject } of batch) reject(error);
      }
    }
  }
}
