const GRANTS_MAX = 10_000;

/** Grants that a platform asked to stay away from. */
export class GrantHolds {
  readonly #untilMs = new Map<string, number>();

  hold(grantId: string, untilMs: number): void {
    const before = this.#untilMs.get(grantId) ?? 0;
    if (before === 0 && this.#untilMs.size >= GRANTS_MAX) {
      this.#untilMs.delete(this.#untilMs.keys().next().value ?? '');
    }
    this.#untilMs.set(grantId, Math.max(before, untilMs));
  }

  /** Milliseconds that are left of the hold; 0 without one. */
  leftMs(grantId: string, nowMs: number): number {
    const left = (this.#untilMs.get(grantId) ?? 0) - nowMs;
    if (left <= 0) this.#untilMs.delete(grantId);
    return Math.max(0, left);
  }
}
