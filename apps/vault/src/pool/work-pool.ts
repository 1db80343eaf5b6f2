import type { DurationMs } from '@mooring/contracts';
import type { LoopProgress } from '@mooring/runtime';

/** What a pool works on. */
export interface WorkPoolParts<T> {
  readonly name: string;
  /** Takes at most so many items for this process. */
  claim(limit: number): Promise<readonly T[]>;
  /** Does one item. A rejection is told to `failed` and leaves the item to its lease. */
  work(item: T): Promise<void>;
  /** Says that items at work are still at work. */
  renew?(items: readonly T[]): Promise<void>;
  failed(error: unknown): void;
}

/** Bounds of a pool. */
export interface WorkPoolBounds {
  readonly concurrency: number;
  readonly pollMs: DurationMs;
  readonly renewMs: DurationMs;
}

/** A claim costs about as much for many items as for one: it waits until this part of the places is free, or the next poll. */
const CLAIM_PART = 1 / 8;

/** Claims work from a table and does a bounded number of items at once; one that hangs or fails holds up no other. */
export class WorkPool<T> {
  readonly #parts: WorkPoolParts<T>;
  readonly #bounds: WorkPoolBounds;
  readonly #progress: LoopProgress;
  readonly #running = new Map<Promise<void>, T>();
  #isStopping = false;
  #looping: Promise<void> | undefined;
  #renewing: NodeJS.Timeout | undefined;
  readonly #claimAt: number;
  #wake: () => void = () => undefined;
  #isAwake = false;

  constructor(parts: WorkPoolParts<T>, bounds: WorkPoolBounds, progress: LoopProgress) {
    this.#parts = parts;
    this.#bounds = bounds;
    this.#progress = progress;
    this.#claimAt = Math.max(1, Math.floor(bounds.concurrency * CLAIM_PART));
  }

  start(): void {
    this.#looping ??= this.#loop();
    this.#renewing ??= setInterval(() => void this.#renew(), this.#bounds.renewMs).unref();
  }

  /** Looks for work now instead of at the next poll. */
  wake(): void {
    this.#isAwake = true;
    this.#wake();
  }

  /** Takes no more work; resolves when nothing new can begin. */
  async stopIntake(): Promise<void> {
    this.#isStopping = true;
    this.wake();
    await this.#looping;
  }

  /** Resolves when everything that was begun is finished. */
  async drain(): Promise<void> {
    await this.stopIntake();
    await Promise.all(this.#running.keys());
    clearInterval(this.#renewing);
  }

  async #loop(): Promise<void> {
    while (!this.#isStopping) {
      this.#progress.beat();
      this.#isAwake = false;
      const found = await this.#round();
      if (found === 0 || !this.#isWorthAClaim()) await this.#rest();
    }
    this.#progress.end();
  }

  #isWorthAClaim(): boolean {
    return this.#bounds.concurrency - this.#running.size >= this.#claimAt;
  }

  async #round(): Promise<number> {
    const free = this.#bounds.concurrency - this.#running.size;
    if (free <= 0) return 0;
    try {
      const items = await this.#parts.claim(free);
      for (const item of items) this.#begin(item);
      return items.length;
    } catch (error) {
      this.#parts.failed(error);
      return 0;
    }
  }

  #begin(item: T): void {
    const work = this.#parts
      .work(item)
      .catch((error: unknown) => this.#parts.failed(error))
      .finally(() => {
        this.#running.delete(work);
        if (this.#isWorthAClaim()) this.wake();
      });
    this.#running.set(work, item);
  }

  async #renew(): Promise<void> {
    if (this.#running.size === 0) return;
    await this.#parts.renew?.([...this.#running.values()]).catch((error: unknown) => this.#parts.failed(error));
  }

  async #rest(): Promise<void> {
    if (this.#isAwake || this.#isStopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#bounds.pollMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = () => undefined;
  }
}
