import type { DurationMs } from '@mooring/contracts';
import type { LoopProgress } from '@mooring/runtime';

/** What a loop does, and how it is seen from outside. */
export interface PollLoopParts {
  readonly everyMs: DurationMs;
  round(): Promise<void>;
  failed(error: unknown): void;
}

/** Does one round after another, with a rest between them, until it is stopped. */
export class PollLoop {
  readonly #parts: PollLoopParts;
  readonly #progress: LoopProgress;
  readonly #stopping = new AbortController();
  #looping: Promise<void> | undefined;

  constructor(parts: PollLoopParts, progress: LoopProgress) {
    this.#parts = parts;
    this.#progress = progress;
  }

  start(): void {
    this.#looping ??= this.#loop();
  }

  /** Resolves when the round at work is over; none begins after it. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#looping;
    this.#progress.end();
  }

  async #loop(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#progress.beat();
      await this.#parts.round().catch((error: unknown) => this.#parts.failed(error));
      await this.#rest();
    }
  }

  #rest(): Promise<void> {
    return new Promise((resolve) => {
      const { signal } = this.#stopping;
      if (signal.aborted) return resolve();
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, this.#parts.everyMs);
      signal.addEventListener('abort', done);
    });
  }
}
