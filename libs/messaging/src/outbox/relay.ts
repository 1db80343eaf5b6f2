import type { DurationMs } from '@mooring/contracts';
import type { DataSource } from 'typeorm';
import { failureOf } from '../consume/failure.ts';
import type { BusProducer } from '../record.ts';
import type { BusLogger, FaultPoint } from '../settings.ts';
import { sleep } from '../sleep.ts';
import { onOutboxCommit } from './commit-watch.ts';
import { OutboxBatch } from './outbox-batch.ts';
import { checkedSchema } from './tables.ts';

/** Bounds and times of a relay. */
export interface RelayBounds {
  /** Rows in one batch. */
  readonly batchRowsMax: number;
  /** Bytes of payload in one batch; a broker refuses record batches above its own limit (1 MB by default). */
  readonly batchBytesMax: number;
  /** Buckets owned at once; the rest is left to other relays. */
  readonly bucketsMax: number;
  /** Refusals after which a row goes to the dead table. */
  readonly attemptsMax: number;
  readonly busyPollMs: DurationMs;
  readonly idlePollMs: DurationMs;
  /** The longest wait between tries while the bus is away. */
  readonly awayPollMs: DurationMs;
  readonly measureEveryMs: DurationMs;
}

/** What holds where a bound is left out. */
export const RELAY_DEFAULTS: RelayBounds = {
  batchRowsMax: 1_000,
  batchBytesMax: 512 * 1024,
  bucketsMax: 4,
  attemptsMax: 5,
  busyPollMs: 20,
  idlePollMs: 500,
  awayPollMs: 2_000,
  measureEveryMs: 5_000,
};

/** What a relay is made of. */
export interface RelayOptions {
  readonly dataSource: DataSource;
  /** The service's schema, holding the tables of `outboxTablesSql`. */
  readonly schema: string;
  readonly producer: BusProducer;
  readonly logger?: BusLogger;
  readonly faultPoint?: FaultPoint;
  /** Called with the error of every failed round. */
  readonly onError?: (error: unknown) => void;
  readonly bounds?: Partial<RelayBounds>;
}

/** Gauges and counters of a relay; depth and age are measured every few seconds. */
export interface RelayStats {
  /** Rows waiting; counted up to 100,000. */
  readonly pending: number;
  readonly oldestAgeMs: DurationMs;
  readonly published: number;
  readonly dead: number;
  /** False from a failed round to the next one that succeeds. */
  readonly connected: boolean;
  readonly silentMs: DurationMs;
}

const PENDING_COUNT_MAX = 100_000;

/** Publishes a service's outbox: owns buckets while it drains them, one batch in flight, deletes after acknowledgement. */
export class OutboxRelay {
  readonly #options: RelayOptions;
  readonly #bounds: RelayBounds;
  readonly #schema: string;
  readonly #stopping = new AbortController();
  #wake = new AbortController();
  #unwatch: () => void = () => undefined;
  #looping: Promise<void> | undefined;
  #rotation = Math.floor(Math.random() * 16);
  #beatMs = performance.now();
  #measuredMs = -Infinity;
  #stats = { pending: 0, oldestAgeMs: 0, published: 0, dead: 0, connected: true };

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#schema = checkedSchema(options.schema);
    this.#bounds = { ...RELAY_DEFAULTS, ...options.bounds };
  }

  /** Begins in the background, and wakes by itself after every commit in this process that wrote to the outbox. */
  start(): void {
    if (this.#looping) return;
    this.#unwatch = onOutboxCommit(this.#schema, () => this.wake());
    this.#looping = this.#loop();
  }

  /** Looks for rows now instead of at the next poll. */
  wake(): void {
    this.#wake.abort();
  }

  /** Publishes what is pending, as far as `deadlineMs` and the bus allow, and stops. What is left waits in the table. */
  async stop({ deadlineMs }: { deadlineMs: DurationMs }): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#looping;
    this.#looping = undefined;
    this.#unwatch();
    const endMs = performance.now() + deadlineMs;
    while (performance.now() < endMs && (await this.#round()) > 0);
  }

  stats(): RelayStats {
    return { ...this.#stats, silentMs: Math.round(performance.now() - this.#beatMs) };
  }

  async #loop(): Promise<void> {
    const { busyPollMs, idlePollMs, awayPollMs, batchRowsMax } = this.#bounds;
    let waitMs = busyPollMs;
    while (!this.#stopping.signal.aborted) {
      this.#beatMs = performance.now();
      this.#wake = new AbortController();
      const sent = await this.#round();
      if (sent < 0) waitMs = Math.min(Math.max(waitMs, busyPollMs) * 2, awayPollMs);
      else if (sent >= batchRowsMax / 2) waitMs = 0;
      else waitMs = sent > 0 ? busyPollMs : Math.min(Math.max(waitMs, busyPollMs) * 2, idlePollMs);
      // While the bus is away, commits must not drive the tries.
      await sleep(waitMs, sent < 0 ? this.#stopping.signal : this.#wake.signal);
    }
  }

  /** Rows sent or put away; -1 when the bus or the database is away. */
  async #round(): Promise<number> {
    try {
      const sent = await this.#drainOnce();
      if (!this.#stats.connected) this.#options.logger?.info({ schema: this.#schema }, 'the outbox is published again');
      this.#stats.connected = true;
      await this.#measureWhenDue();
      return sent;
    } catch (error) {
      const fields = { schema: this.#schema, because: failureOf(error) };
      if (this.#stats.connected)
        this.#options.logger?.warn(fields, 'the outbox cannot be published; it holds its rows');
      this.#stats.connected = false;
      this.#options.onError?.(error);
      // The age matters most while the bus is away.
      await this.#measureWhenDue().catch(() => undefined);
      return -1;
    }
  }

  async #drainOnce(): Promise<number> {
    const { dataSource, producer, faultPoint } = this.#options;
    this.#rotation += this.#bounds.bucketsMax;
    const batch = new OutboxBatch(this.#schema, this.#bounds, this.#rotation);
    const runner = dataSource.createQueryRunner();
    try {
      await runner.startTransaction();
      const count = await batch.read(runner);
      if (count > 0) {
        await faultPoint?.('bus.after-commit-before-announce');
        await batch.publish(producer);
        await batch.settle(runner);
      }
      await runner.commitTransaction();
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
    this.#account(batch);
    return batch.published + batch.dead.length;
  }

  #account(batch: OutboxBatch): void {
    this.#stats.published += batch.published;
    this.#stats.dead += batch.dead.length;
    for (const { id, type, error } of batch.dead) {
      const fields = { schema: this.#schema, id, type, error };
      this.#options.logger?.error(fields, 'an event could not be published and was put into the dead table');
    }
  }

  async #measureWhenDue(): Promise<void> {
    if (performance.now() - this.#measuredMs < this.#bounds.measureEveryMs) return;
    this.#measuredMs = performance.now();
    const rows: { pending: number; age: number }[] = await this.#options.dataSource.query(
      `SELECT count(*)::integer AS pending,
         coalesce(extract(epoch FROM clock_timestamp() - min(created_at)) * 1000, 0)::float8 AS age
       FROM (SELECT created_at FROM ${this.#schema}.outbox ORDER BY seq LIMIT $1) AS waiting`,
      [PENDING_COUNT_MAX],
    );
    this.#stats.pending = rows[0]?.pending ?? 0;
    this.#stats.oldestAgeMs = Math.round(rows[0]?.age ?? 0);
  }
}
