import type { Pool } from 'pg';
import { sleep } from '../sleep.ts';

const ROUND_EVERY_MS = 60_000;
const DELETE_RECORDS_MAX = 2_000;

/** Deletes what has outlived its topic's retention: in bounded batches every minute, by one process at a time. */
export class LogRetention {
  readonly #pool: Pool;
  readonly #stopped = new AbortController();
  #looping: Promise<void> | undefined;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  start(): void {
    this.#looping ??= this.#loop();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#looping;
  }

  /** Deletes one batch; returns how many records went. */
  async deleteExpired(): Promise<number> {
    const { rows } = await this.#pool.query<{ deleted: number }>(
      `WITH mine AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(hashtext('mooring.bus.retention')) AS locked),
       old AS (
         SELECT l.ctid FROM bus.log l JOIN bus.topic t ON t.name = l.topic
         WHERE (SELECT locked FROM mine) AND l.appended_at < clock_timestamp() - t.retention LIMIT $1
       ), gone AS (DELETE FROM bus.log l USING old WHERE l.ctid = old.ctid RETURNING 1)
       SELECT count(*)::integer AS deleted FROM gone`,
      [DELETE_RECORDS_MAX],
    );
    return rows[0]?.deleted ?? 0;
  }

  async #loop(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      await sleep(ROUND_EVERY_MS, signal);
      // A failed round costs disk only; the next one comes in a minute.
      await this.#deleteAllExpired().catch(() => undefined);
    }
  }

  /** One batch a minute would fall behind a bus that takes in more than that. */
  async #deleteAllExpired(): Promise<void> {
    while (!this.#stopped.signal.aborted && (await this.deleteExpired()) === DELETE_RECORDS_MAX);
  }
}
