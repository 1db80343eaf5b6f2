import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const WRITE_DELAY_MS = 150;
/** A large document takes long to write: the process spends no more than a twentieth of its time on it. */
const REST_PER_WRITE = 20;

/** One JSON document that outlives a restart: written whole, atomically, soon after a change and at the end. */
export class StateFile<T extends object> {
  readonly value: T;
  readonly #path: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #delayMs = WRITE_DELAY_MS;

  /** Without `dataDir` the state lives in memory only. */
  constructor(dataDir: string | undefined, name: string, empty: T) {
    this.#path = dataDir === undefined ? undefined : join(dataDir, name);
    if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    this.value = { ...empty, ...this.#read() };
  }

  changed(): void {
    if (this.#path === undefined || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.flush(), this.#delayMs);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#path === undefined) return;
    const startedAtMs = performance.now();
    const draft = `${this.#path}.${process.pid}.new`;
    writeFileSync(draft, JSON.stringify(this.value), { mode: 0o600 });
    renameSync(draft, this.#path);
    this.#delayMs = Math.max(WRITE_DELAY_MS, REST_PER_WRITE * (performance.now() - startedAtMs));
  }

  #read(): Partial<T> {
    if (this.#path === undefined) return {};
    try {
      return JSON.parse(readFileSync(this.#path, 'utf8')) as Partial<T>;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw new Error(`The sandbox state in ${this.#path} can't be read; start with --fresh or remove it`, {
        cause: error,
      });
    }
  }
}
