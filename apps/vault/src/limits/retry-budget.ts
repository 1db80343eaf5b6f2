import { type DurationMs, minutes } from '@mooring/contracts';

/** What one first call adds to the budget: retries stay below a tenth of the calls. */
const SHARE = 0.1;
/** Retries that may be saved up, and that a process begins with. */
const SAVED_MAX = 10;
/** Where nothing else is called a retry still comes this often, or a lone grant would never heal. */
const ALONE_EVERY_MS: DurationMs = minutes(1);
const GRANTS_MAX = 10_000;

/** Keeps repeated calls, those of a grant whose last one failed for the platform's sake, to a tenth of all. */
export class RetryBudget {
  #saved = SAVED_MAX;
  #lastMs = -Infinity;
  readonly #failed = new Set<string>();

  /** Takes a call into account; false where it is a retry that the budget doesn't hold. */
  admit(grantId: string | null, nowMs: number): boolean {
    if (grantId === null || !this.#failed.has(grantId)) {
      this.#saved = Math.min(SAVED_MAX, this.#saved + SHARE);
      return true;
    }
    if (this.#saved < 1 && nowMs - this.#lastMs < ALONE_EVERY_MS) return false;
    this.#saved = Math.max(0, this.#saved - 1);
    this.#lastMs = nowMs;
    return true;
  }

  /** How long a retry that isn't admitted is to stay away. */
  get waitMs(): DurationMs {
    return ALONE_EVERY_MS;
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
