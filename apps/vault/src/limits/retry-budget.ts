import type { DurationMs } from '@mooring/contracts';

/** What one first call adds to the budget: retries stay below a tenth of the calls. */
const SHARE = 0.1;
/** Retries that may be saved up, and that a process begins with. */
const SAVED_MAX = 10;
const GRANTS_MAX = 10_000;

/** Keeps repeated calls, those of a grant whose last one failed for the platform's sake, to a tenth of all. */
export class RetryBudget {
  #saved = SAVED_MAX;
  #lastMs = -Infinity;
  readonly #failed = new Set<string>();

  /** @param waitMs where nothing else is called a retry still comes this often, or a lone grant would never heal */
  constructor(readonly waitMs: DurationMs) {}

  /** Takes a call into account; false where it is a retry that the budget doesn't hold. */
  admit(grantId: string | null, nowMs: number): boolean {
    if (grantId === null || !this.#failed.has(grantId)) {
      this.#saved = Math.min(SAVED_MAX, this.#saved + SHARE);
      return true;
    }
    if (this.#saved < 1 && nowMs - this.#lastMs < this.waitMs) return false;
    this.#saved = Math.max(0, this.#saved - 1);
    this.#lastMs = nowMs;
    return true;
  }

  failed(grantId: string | null): void {
    if (grantId === null) return;
    if (this.#failed.size >= GRANTS_MAX) this.#failed.delete(this.#failed.values().next().value ?? '');
    this.#failed.add(grantId);
  }

  answered(grantId: string | null): void {
    if (grantId !== null) this.#failed.delete(grantId);
  }
}
