import { Injectable, Logger } from '@nestjs/common';
import { StoreAnswer } from '../refresh/store-answer.ts';
import type { JournalEntry } from './journal-entry.ts';
import { InstanceHandover } from './instance-handover.ts';
import { Journal } from './ports.ts';

/** Brings answers into the database that a process wrote to its journal and could not commit. */
@Injectable()
export class ReplayJournal {
  readonly #logger = new Logger(ReplayJournal.name);
  /** Attempts whose answer is being committed by the one who got it. */
  readonly #atWork = new Set<string>();

  constructor(
    readonly journal: Journal,
    private readonly storeAnswer: StoreAnswer,
    private readonly handover: InstanceHandover,
  ) {}

  /** Leaves an attempt alone while `work` commits its answer. */
  async besides<T>(attemptId: string, work: () => Promise<T>): Promise<T> {
    this.#atWork.add(attemptId);
    try {
      return await work();
    } finally {
      this.#atWork.delete(attemptId);
    }
  }

  /** Every entry that nobody is at, one by one; then what dead processes of this machine had sent is this one's. */
  async run(): Promise<void> {
    const dead = await this.journal.deadInstances();
    for (const entry of await this.journal.entries()) await this.#bringIn(entry);
    for (const instanceId of dead) {
      await this.handover.run(instanceId, this.journal.instanceId);
      await this.journal.forget(instanceId);
    }
  }

  /** The entries of one grant; true where there was one. */
  async ofGrant(grantId: string): Promise<boolean> {
    const entries = (await this.journal.entries()).filter((entry) => entry.grantId === grantId);
    for (const entry of entries) await this.#bringIn(entry);
    return entries.length > 0;
  }

  async #bringIn(entry: JournalEntry): Promise<void> {
    if (this.#atWork.has(entry.attemptId)) return;
    const { attemptId, grantId, workspaceId } = entry;
    try {
      const storedAs = await this.storeAnswer.run({ attempt: entry, answer: entry.answer, fresh: null });
      await this.journal.remove(entry);
      this.#logger.warn({ msg: 'an answer came in from the journal', attemptId, grantId, workspaceId, storedAs });
    } catch (err) {
      // One that can't be brought in holds no other up; the next round tries it again.
      this.#logger.error({ msg: 'an answer stays in the journal', err, attemptId, grantId, workspaceId });
    }
  }
}
