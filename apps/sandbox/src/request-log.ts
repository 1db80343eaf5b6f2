const ENTRIES_MAX = 500;

export interface LoggedRequest {
  at: string;
  method: string;
  /** `authorize`, `token.code`, `token.refresh`, `token.exchange`, `revoke`, `introspect`, `api.…`. */
  kind: string;
  /** The platform's own name for what was called, where it has one. */
  endpoint: string;
  /** Null where the caller saw no answer at all. */
  status: number | null;
  person: string | undefined;
  fault: string | undefined;
}

/** The last requests and counts of all, without a query, a body or a token. */
export class RequestLog {
  #entries: LoggedRequest[] = [];
  #counts: Record<string, number> = {};
  #kinds: Record<string, number> = {};

  add(entry: LoggedRequest): void {
    this.#entries.push(entry);
    if (this.#entries.length > ENTRIES_MAX) this.#entries.shift();
    const key = `${entry.endpoint} ${entry.status ?? 'none'}`;
    this.#counts[key] = (this.#counts[key] ?? 0) + 1;
    this.#kinds[entry.kind] = (this.#kinds[entry.kind] ?? 0) + 1;
  }

  clear(): void {
    this.#entries = [];
    this.#counts = {};
    this.#kinds = {};
  }

  recent(count: number): LoggedRequest[] {
    return this.#entries.slice(-count).reverse();
  }

  /** Calls by kind, by endpoint, and by endpoint and status. */
  totals(): Record<'kinds' | 'endpoints' | 'statuses', Record<string, number>> {
    const endpoints: Record<string, number> = {};
    for (const [key, count] of Object.entries(this.#counts)) {
      const endpoint = key.slice(0, key.lastIndexOf(' '));
      endpoints[endpoint] = (endpoints[endpoint] ?? 0) + count;
    }
    return { kinds: { ...this.#kinds }, endpoints, statuses: { ...this.#counts } };
  }
}
