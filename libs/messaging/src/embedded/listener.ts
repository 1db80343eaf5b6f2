import pg from 'pg';
import type { ResolvedBusSettings } from '../settings.ts';
import { sleep } from '../sleep.ts';
import { connectionOptions } from './database.ts';
import { NOTIFY_CHANNEL } from './schema.ts';

const PROBE_EVERY_MS = 5_000;

/** One connection per process that hears of appends; only a wake-up, since every lane polls beneath it. */
export class LogListener {
  readonly #settings: ResolvedBusSettings;
  readonly #stopped = new AbortController();
  readonly #subscribers = new Map<string, Set<() => void>>();
  #looping: Promise<void> | undefined;

  constructor(settings: ResolvedBusSettings) {
    this.#settings = settings;
  }

  /** Calls `wake` after appends to any of the topics. */
  subscribe(topics: readonly string[], wake: () => void): void {
    for (const topic of topics) {
      const wakes = this.#subscribers.get(topic) ?? new Set();
      wakes.add(wake);
      this.#subscribers.set(topic, wakes);
    }
    this.#looping ??= this.#loop();
  }

  async close(): Promise<void> {
    this.#stopped.abort();
    await this.#looping;
  }

  async #loop(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      const client = new pg.Client(connectionOptions(this.#settings));
      // The probe below notices the loss; without a listener it would end the process.
      client.on('error', () => undefined);
      client.on('notification', ({ payload }) => this.#subscribers.get(payload ?? '')?.forEach((wake) => wake()));
      try {
        await client.connect();
        await client.query(`LISTEN ${NOTIFY_CHANNEL}`);
        while (!signal.aborted) {
          await sleep(PROBE_EVERY_MS, signal);
          await client.query('SELECT 1');
        }
      } catch {
        await sleep(this.#settings.bounds.restartDelayMs, signal);
      }
      void client.end().catch(() => undefined);
    }
  }
}
