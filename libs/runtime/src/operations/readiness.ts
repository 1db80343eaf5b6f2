import type { DurationMs } from '@mooring/contracts';

/** Asks one dependency of ours whether it is there; throws if not. Its own database, never a platform, never the bus. */
export type Check = () => Promise<unknown>;

/** How one check stands. */
export interface CheckResult {
  readonly ok: boolean;
  /** Failed pings in a row. */
  readonly failures: number;
  /** Why, without details of the connection. */
  readonly reason?: 'not yet checked' | 'failed' | 'timed out';
}

/** Bounds of the pinging. */
export interface ReadinessSettings {
  readonly intervalMs: DurationMs;
  readonly timeoutMs: DurationMs;
  /** So many failed pings in a row turn readiness off: a failover of a few seconds must not take every replica out. */
  readonly failuresMax: number;
}

const DEFAULTS: ReadinessSettings = { intervalMs: 1_000, timeoutMs: 1_000, failuresMax: 3 };

class PingTimedOut extends Error {}

async function withTimeout(check: Check, timeoutMs: DurationMs): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new PingTimedOut()), timeoutMs);
  });
  try {
    await Promise.race([Promise.resolve().then(check), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Pings the checks once a second; answers come from the last ping, so a probe costs nothing and is never older than a
 * second. A check is failing after three failed pings of at most a second each (so within 10 s), and good after one good one.
 */
export class Readiness {
  readonly #settings: ReadinessSettings;
  readonly #checks: ReadonlyMap<string, Check>;
  readonly #results = new Map<string, CheckResult>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(checks: Readonly<Record<string, Check>>, settings: Partial<ReadinessSettings> = {}) {
    this.#settings = { ...DEFAULTS, ...settings };
    this.#checks = new Map(Object.entries(checks));
    for (const name of this.#checks.keys()) {
      this.#results.set(name, { ok: false, failures: 0, reason: 'not yet checked' });
    }
  }

  /** Begins pinging; resolves after the first round. */
  async start(): Promise<void> {
    await this.pingAll();
    this.#schedule();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** One round over all checks, side by side. */
  async pingAll(): Promise<void> {
    await Promise.all([...this.#checks].map(([name, check]) => this.#ping(name, check)));
  }

  get ok(): boolean {
    return [...this.#results.values()].every((result) => result.ok);
  }

  /** How each check stands, by name. */
  results(): Readonly<Record<string, CheckResult>> {
    return Object.fromEntries(this.#results);
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.pingAll().then(() => this.#schedule()), this.#settings.intervalMs);
    this.#timer.unref();
  }

  async #ping(name: string, check: Check): Promise<void> {
    try {
      await withTimeout(check, this.#settings.timeoutMs);
      this.#results.set(name, { ok: true, failures: 0 });
    } catch (error) {
      const before = this.#results.get(name);
      const failures = (before?.failures ?? 0) + 1;
      const ok = before?.ok === true && failures < this.#settings.failuresMax;
      this.#results.set(name, { ok, failures, reason: error instanceof PingTimedOut ? 'timed out' : 'failed' });
    }
  }
}
