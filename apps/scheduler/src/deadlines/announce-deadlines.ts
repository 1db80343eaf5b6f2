import type { DueDeadlines } from './ports.ts';
import { settleDeadline } from './settle-deadline.ts';

/** Reminds of deadlines and says when they have passed. */
export class AnnounceDeadlines {
  readonly #due: DueDeadlines;
  readonly #batchMax: number;

  constructor(due: DueDeadlines, batchMax: number) {
    this.#due = due;
    this.#batchMax = batchMax;
  }

  /** One round; answers whether more may be due already. */
  async run(): Promise<{ readonly settled: number; readonly more: boolean }> {
    const settled = await this.#due.settle(this.#batchMax, settleDeadline);
    return { settled, more: settled === this.#batchMax };
  }
}
