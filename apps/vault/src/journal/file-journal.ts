import { constants, renameSync, writeFileSync } from 'node:fs';
import { access, type FileHandle, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InstanceDirectory } from './instance-directory.ts';
import { decodeEntry, encodeEntry, type JournalEntry } from './journal-entry.ts';
import { Journal, type JournalSlot } from './ports.ts';

const ENTRY = '.json';
const BEGUN = '.begun';

/** One file an attempt, made before the platform is asked and renamed when its answer is on the disk. */
export class FileJournal extends Journal {
  readonly #directory: InstanceDirectory;
  readonly #unreadable: (path: string, error: unknown) => void;

  /** @param unreadable told of a file that is no entry; it is left where it is */
  constructor(root: string, unreadable: (path: string, error: unknown) => void) {
    super();
    this.#directory = new InstanceDirectory(root);
    this.#unreadable = unreadable;
  }

  get instanceId(): string {
    return this.#directory.instanceId;
  }

  async prepare(attemptId: string): Promise<JournalSlot> {
    await this.#directory.open();
    const begun = join(this.#directory.path, attemptId + BEGUN);
    const written = join(this.#directory.path, attemptId + ENTRY);
    const file = await open(begun, 'w', 0o600);
    return new FileSlot(file, { begun, written, directory: this.#directory.path });
  }

  async entries(): Promise<JournalEntry[]> {
    const instances = [this.instanceId, ...(await this.#directory.dead())];
    return (await Promise.all(instances.map((instanceId) => this.#entriesOf(instanceId)))).flat();
  }

  async remove({ instanceId, attemptId }: JournalEntry): Promise<void> {
    await rm(join(this.#directory.pathOf(instanceId), attemptId + ENTRY), { force: true });
  }

  async check(): Promise<void> {
    await this.#directory.open();
    await access(this.#directory.path, constants.W_OK);
  }

  deadInstances(): Promise<string[]> {
    return this.#directory.dead();
  }

  async forget(instanceId: string): Promise<void> {
    const names = await readdir(this.#directory.pathOf(instanceId)).catch(() => []);
    if (names.some((name) => name.endsWith(ENTRY))) return;
    await rm(this.#directory.pathOf(instanceId), { recursive: true, force: true });
  }

  close(): Promise<void> {
    return this.#directory.close();
  }

  async #entriesOf(instanceId: string): Promise<JournalEntry[]> {
    const directory = this.#directory.pathOf(instanceId);
    const names = await readdir(directory).catch(() => []);
    const read = names.filter((name) => name.endsWith(ENTRY)).map((name) => this.#read(join(directory, name)));
    return (await Promise.all(read)).filter((entry) => entry !== null);
  }

  async #read(path: string): Promise<JournalEntry | null> {
    try {
      return decodeEntry(await readFile(path, 'utf8'));
    } catch (error) {
      // It was committed and removed meanwhile.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) this.#unreadable(path, error);
      return null;
    }
  }
}

interface SlotPaths {
  readonly begun: string;
  readonly written: string;
  readonly directory: string;
}

class FileSlot implements JournalSlot {
  readonly #file: FileHandle;
  readonly #paths: SlotPaths;
  #isOpen = true;

  constructor(file: FileHandle, paths: SlotPaths) {
    this.#file = file;
    this.#paths = paths;
  }

  jot(entry: JournalEntry): void {
    writeFileSync(this.#file.fd, encodeEntry(entry));
    renameSync(this.#paths.begun, this.#paths.written);
  }

  async sync(): Promise<void> {
    await this.#file.sync();
    await this.#close();
    const directory = await open(this.#paths.directory, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  }

  async discard(): Promise<void> {
    await this.#close().catch(() => undefined);
    const { begun, written } = this.#paths;
    await Promise.all([begun, written].map((path) => rm(path, { force: true }).catch(() => undefined)));
  }

  async #close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#file.close();
  }
}
