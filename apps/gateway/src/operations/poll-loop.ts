import type { DurationMs } from '@mooring/contracts';
import type { LoopProgress } from '@mooring/runtime';

/** A round that is run again and again. */
export interface PollLoopOptions {
  readonly round: () => Promise<void>;
  readonly everyMs: DurationMs;
  readonly progress: LoopProgress;
  readonly onError: (error: unknown) => void;
}

/** Runs rounds one after another, with a pause between them; a round that fails ends nothing. */
export class PollLoop {
  readonly #options: PollLoopOptions;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(options: PollLoopOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => {
      this.#round = this.#run().then(() => this.start());
    }, this.#options.everyMs);
  }

  /** Resolves when the round at work has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#round;
    this.#options.progress.end();
  }

  async #run(): Promise<void> {
    try {
      await this.#options.round();
    } catch (error) {
      this.#options.onError(error);
    }
    this.#options.progress.beat();
  }
}
