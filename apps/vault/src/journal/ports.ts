import type { JournalEntry } from './journal-entry.ts';

/** A place in the journal that was made before the platform is asked, so that its answer can be written whatever happens. */
export interface JournalSlot {
  /**
   * Written when it returns, in the same breath as the answer came: from here on the death of the process loses nothing.
   * Throws where the disk takes nothing more.
   */
  jot(entry: JournalEntry): void;
  /** On the disk when it resolves: from here on the death of the machine loses nothing. */
  sync(): Promise<void>;
  /** There is nothing to be written, or what was written has been committed. Never rejects. */
  discard(): Promise<void>;
}

/** Where the sealed answer of a platform lies until the database has it. Sealed tokens only, never a token. */
export abstract class Journal {
  /** Whose journal it is: the same for every answer that this process may still hold. */
  abstract readonly instanceId: string;
  /** Throws where the directory can't be written. */
  abstract prepare(attemptId: string): Promise<JournalSlot>;
  /** Answers that were written and not committed: this process's own, and those of processes that died here. */
  abstract entries(): Promise<readonly JournalEntry[]>;
  abstract remove(entry: JournalEntry): Promise<void>;
  /** Throws where the directory can't be written. */
  abstract check(): Promise<void>;
  /** Instances of this directory that are dead, to be released when their entries are gone. */
  abstract deadInstances(): Promise<readonly string[]>;
  /** Forgets a dead instance; only when none of its entries is left. */
  abstract forget(instanceId: string): Promise<void>;
}

/** Bounds of the journal. Real time. */
export abstract class JournalSettings {
  /** What another instance sent and never finished is taken for lost after this. */
  abstract readonly graceMs: number;
}
