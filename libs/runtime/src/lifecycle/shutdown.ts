import type { DurationMs } from '@mooring/contracts';

/**
 * The order of stopping (reliability.md, Stopping). Readiness goes off before the first.
 * `intake`: take no new work (HTTP, consumers, pollers); `drain`: finish what is in flight; `relay`: flush the outbox;
 * `producer`: close the bus; `database`: close the pools.
 */
export const SHUTDOWN_PHASES = ['intake', 'drain', 'relay', 'producer', 'database'] as const;
/** One of {@link SHUTDOWN_PHASES}. */
export type ShutdownPhase = (typeof SHUTDOWN_PHASES)[number];

/** What a stop came to. */
export interface ShutdownReport {
  /** Steps that failed or were still running when their time was over, as `phase/name`. */
  readonly unfinished: readonly string[];
}

/** Told what happens while stopping. */
export interface ShutdownObserver {
  phaseStarted?(phase: ShutdownPhase): void;
  stepFailed?(step: string, error: unknown): void;
}

interface Step {
  readonly phase: ShutdownPhase;
  readonly name: string;
  readonly stop: () => Promise<void> | void;
}

/** After the deadline a later phase still gets this long, so that pools and sockets are closed and not torn. */
const LAST_CHANCE_MS = 500;

async function withinTime(work: Promise<void>, timeMs: DurationMs): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`still running after ${timeMs} ms`)), timeMs);
  });
  try {
    await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Where everything that must stop in order registers itself. Steps of one phase run side by side, phases one after another. */
export class Shutdown {
  readonly #steps: Step[] = [];
  readonly #observer: ShutdownObserver;
  #draining = false;
  #run: Promise<ShutdownReport> | undefined;

  constructor(observer: ShutdownObserver = {}) {
    this.#observer = observer;
  }

  /** True from the first moment of stopping on; readiness says so. */
  get draining(): boolean {
    return this.#draining;
  }

  /** Registers a step. `name` shows in the log; `stop` resolves when it is done and may be called only once. */
  register(phase: ShutdownPhase, name: string, stop: () => Promise<void> | void): void {
    this.#steps.push({ phase, name, stop });
  }

  /** Stops everything in order within the deadline; a second call answers the first one's report. Never rejects. */
  run(deadlineMs: DurationMs): Promise<ShutdownReport> {
    this.#run ??= this.#runPhases(deadlineMs);
    return this.#run;
  }

  async #runPhases(deadlineMs: DurationMs): Promise<ShutdownReport> {
    this.#draining = true;
    const endsAt = performance.now() + deadlineMs;
    const unfinished: string[] = [];
    for (const phase of SHUTDOWN_PHASES) {
      this.#observer.phaseStarted?.(phase);
      const timeMs = Math.max(LAST_CHANCE_MS, Math.round(endsAt - performance.now()));
      const steps = this.#steps.filter((step) => step.phase === phase);
      const failed = await Promise.all(steps.map((step) => this.#runStep(step, timeMs)));
      unfinished.push(...failed.filter((name) => name !== undefined));
    }
    return { unfinished };
  }

  async #runStep(step: Step, timeMs: DurationMs): Promise<string | undefined> {
    const name = `${step.phase}/${step.name}`;
    try {
      await withinTime(
        Promise.resolve().then(() => step.stop()),
        timeMs,
      );
      return undefined;
    } catch (error) {
      this.#observer.stepFailed?.(name, error);
      return name;
    }
  }
}
