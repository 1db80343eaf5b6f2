import type { DurationMs } from '@mooring/contracts';
import type { Logger } from 'pino';
import type { Shutdown } from '../lifecycle/shutdown.ts';
import type { LoopProgress, Loops } from './loops.ts';

/** One round of a loop; answers true when there may be more to do at once. */
export type PollRound = () => Promise<boolean | void>;

/** What a loop does. */
export interface PollLoopOptions {
  /** Shows in the log, in liveness and while stopping. */
  readonly name: string;
  readonly round: PollRound;
  /** The rest between two rounds; real time. */
  readonly everyMs: DurationMs;
  /** Without a beat for so long the loop counts as stuck. Far above one round's worst time; by default two minutes or ten rests. */
  readonly staleAfterMs?: DurationMs;
}

/** What a loop needs of its process; every `ServiceContext` has it. */
export interface PollLoopHost {
  readonly loops: Loops;
  readonly shutdown: Shutdown;
  readonly logger: Pick<Logger, 'error'>;
}

const STALE_MS_DEFAULT: DurationMs = 120_000;
const STALE_RESTS = 10;
const FAILED_RESTS = 4;
const FAILED_REST_MS_MAX: DurationMs = 30_000;

/**
 * Does rounds one after another until the process stops (phase `intake`). It rests between two rounds, unless the last
 * one said that there is more or somebody woke it; a round that fails is logged, and the next one comes later.
 */
export class PollLoop {
  readonly #options: PollLoopOptions;
  readonly #host: PollLoopHost;
  #looping: Promise<void> | undefined;
  #isStopping = false;
  #isAwake = false;
  #endRest: () => void = () => undefined;

  constructor(options: PollLoopOptions, host: PollLoopHost) {
    this.#options = options;
    this.#host = host;
  }

  /** Begins the first round. A second call does nothing. */
  start(): void {
    if (this.#looping) return;
    const { name, everyMs, staleAfterMs = Math.max(STALE_MS_DEFAULT, everyMs * STALE_RESTS) } = this.#options;
    this.#host.shutdown.register('intake', `loop ${name}`, () => this.stop());
    this.#looping = this.#loop(this.#host.loops.register(name, staleAfterMs));
  }

  /** Begins the next round now, or right after the one at work, which may have looked too early. */
  wake(): void {
    this.#isAwake = true;
    this.#endRest();
  }

  /** Resolves when the round at work has ended; none begins after it. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#endRest();
    await this.#looping;
  }

  async #loop(progress: LoopProgress): Promise<void> {
    while (!this.#isStopping) {
      progress.beat();
      this.#isAwake = false;
      const restMs = await this.#round();
      if (restMs > 0) await this.#rest(restMs);
    }
    progress.end();
  }

  async #round(): Promise<DurationMs> {
    const { name, round, everyMs } = this.#options;
    try {
      return (await round()) === true ? 0 : everyMs;
    } catch (err) {
      this.#host.logger.error({ err, loop: name }, 'a round failed; the next one comes later');
      return Math.max(everyMs, Math.min(everyMs * FAILED_RESTS, FAILED_REST_MS_MAX));
    }
  }

  #rest(ms: DurationMs): Promise<void> {
    if (this.#isStopping || this.#isAwake) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#endRest = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
