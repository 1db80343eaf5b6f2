import type { DurationMs } from '@mooring/contracts';
import type { LoopProgress } from '@mooring/runtime';

/** What a loop does, and how it is seen from outside. */
export interface PollLoopOptions {
  /** One round; true when there may be more to do at once. */
  readonly round: () => Promise<boolean>;
  readonly everyMs: DurationMs;
  readonly progress: LoopProgress;
  readonly onError: (error: unknown) => void;
}

const FAILED_WAIT_FACTOR = 4;

/** Does rounds one after another until it is stopped; a round that fails is told, and the next one comes later. */
export class PollLoop {
  readonly #options: PollLoopOptions;
  #looping: Promise<void> | undefined;
  #isStopping = false;
  #wake: () => void = () => undefined;

  constructor(options: PollLoopOptions) {
    this.#options = options;
  }

  start(): void {
    this.#looping ??= this.#loop();
  }

  /** Begins the next round now. */
  wake(): void {
    this.#wake();
  }

  /** Resolves when the round at work has ended; none begins after it. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.wake();
    await this.#looping;
    this.#options.progress.end();
  }

  async #loop(): Promise<void> {
    const { everyMs, progress } = this.#options;
    while (!this.#isStopping) {
      progress.beat();
      const waitMs = await this.#round();
      if (waitMs > 0 && !this.#isStopping) await this.#sleep(Math.max(waitMs, everyMs));
    }
  }

  async #round(): Promise<DurationMs> {
    const { round, everyMs, onError } = this.#options;
    try {
      return (await round()) ? 0 : everyMs;
    } catch (error) {
      onError(error);
      return everyMs * FAILED_WAIT_FACTOR;
    }
  }

  #sleep(ms: DurationMs): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
