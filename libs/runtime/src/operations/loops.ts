import type { DurationMs } from '@mooring/contracts';

/** A loop that says it is alive. Call `beat()` once a round, `end()` when it stops on purpose. */
export interface LoopProgress {
  beat(): void;
  end(): void;
}

interface Loop {
  readonly staleAfterMs: DurationMs;
  lastBeatAt: number;
}

/** The loops of a process (relay, pollers, supervisors). Liveness fails when one makes no progress; nothing else makes it fail. */
export class Loops {
  readonly #loops = new Map<string, Loop>();
  readonly #monotonicMs: () => number;

  constructor(monotonicMs: () => number = () => performance.now()) {
    this.#monotonicMs = monotonicMs;
  }

  /** Registers a loop that counts as stuck when it hasn't beaten for `staleAfterMs`. Choose it far above one round's worst time. */
  register(name: string, staleAfterMs: DurationMs): LoopProgress {
    const loop: Loop = { staleAfterMs, lastBeatAt: this.#monotonicMs() };
    this.#loops.set(name, loop);
    return {
      beat: () => {
        loop.lastBeatAt = this.#monotonicMs();
      },
      end: () => {
        if (this.#loops.get(name) === loop) this.#loops.delete(name);
      },
    };
  }

  /** Names of the loops that are stuck. */
  stuck(): readonly string[] {
    const now = this.#monotonicMs();
    return [...this.#loops].filter(([, loop]) => now - loop.lastBeatAt > loop.staleAfterMs).map(([name]) => name);
  }
}
