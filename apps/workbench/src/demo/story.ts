import { performance } from 'node:perf_hooks';

/** One step's outcome, as printed and as written by `--json`. */
export interface StepResult {
  readonly id: string;
  readonly title: string;
  readonly ms: number;
  readonly ok: boolean;
  readonly detail: string;
}

/** A promise of the story that did not hold. */
export class StoryError extends Error {
  override readonly name = 'StoryError';
}

/** Throws {@link StoryError} unless the claim holds. */
export function expectThat(holds: boolean, claim: string): asserts holds {
  if (!holds) throw new StoryError(claim);
}

/** Longer than a killed consumer's session and a first retry lane together. */
const WAIT_MS_MAX = 45_000;

/** Waits until `look` answers something; throws {@link StoryError} with the last seen state when time runs out. */
export async function eventually<T>(
  claim: string,
  look: () => Promise<T | undefined | false>,
  options: { readonly withinMs?: number; readonly seen?: () => unknown } = {},
): Promise<T> {
  const giveUpAt = performance.now() + (options.withinMs ?? WAIT_MS_MAX);
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > giveUpAt) {
      throw new StoryError(`${claim}${options.seen ? `; last seen: ${JSON.stringify(options.seen())}` : ''}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const PATIENCE = 30;
const PATIENCE_PAUSE_MS = 1_000;

/** Plays again what failed, a bounded number of times, while services are being killed; otherwise once. */
export async function patiently<T>(kills: boolean, play: () => Promise<T>): Promise<T> {
  for (let left = kills ? PATIENCE : 1; ; left -= 1) {
    try {
      return await play();
    } catch (error) {
      if (left <= 1) throw error;
      await new Promise((resolve) => setTimeout(resolve, PATIENCE_PAUSE_MS));
    }
  }
}

/** Runs steps one after another, prints a line for each, and stops at the first that fails. */
export class Story {
  readonly steps: StepResult[] = [];
  readonly #print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  get ok(): boolean {
    return this.steps.length > 0 && this.steps.every((step) => step.ok);
  }

  /** Plays one step. What it returns is the detail of its line; what it throws fails the story. */
  async step(id: string, title: string, play: () => Promise<string | undefined>): Promise<void> {
    const begun = performance.now();
    const record = (ok: boolean, detail: string): void => {
      const ms = Math.round(performance.now() - begun);
      this.steps.push({ id, title, ms, ok, detail });
      this.#print(`${ok ? '✓' : '✗'} ${id.padEnd(4)} ${title}${detail ? ` — ${detail}` : ''}  ${ms} ms`);
    };
    try {
      record(true, (await play()) ?? '');
    } catch (error) {
      record(false, error instanceof Error ? error.message : String(error));
      throw error;
    }
  }
}
