/** A call that waits for its turn. */
export interface WaitingCall {
  readonly grantId: string | null;
  readonly sinceMs: number;
  begin(): void;
  /** Begins as the one call that tries a platform whose breaker is open. */
  probe(): void;
  refuse(error: Error): void;
}

/** Calls in the order in which they came; each grant has one under way at most, and none stands in another's way. */
export class WaitingCalls {
  #waiting: WaitingCall[] = [];

  get size(): number {
    return this.#waiting.length;
  }

  add(call: WaitingCall): void {
    this.#waiting.push(call);
  }

  /** Takes out the one that waits longest and whose grant has no call under way. */
  next(busy: ReadonlySet<string>): WaitingCall | undefined {
    const index = this.#waiting.findIndex(({ grantId }) => grantId === null || !busy.has(grantId));
    return index < 0 ? undefined : this.#waiting.splice(index, 1)[0];
  }

  /** Takes out all that have waited since before `ms`. */
  since(ms: number): WaitingCall[] {
    const old = this.#waiting.filter(({ sinceMs }) => sinceMs <= ms);
    if (old.length > 0) this.#waiting = this.#waiting.filter(({ sinceMs }) => sinceMs > ms);
    return old;
  }

  /** Takes out all of them. */
  all(): WaitingCall[] {
    return this.#waiting.splice(0);
  }
}
