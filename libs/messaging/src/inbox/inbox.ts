import type { MooringEvent } from '@mooring/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import { checkedSchema } from '../outbox/tables.ts';

/** Inbox rows are kept longer than the bus keeps events, so that nothing that can still be redelivered is forgotten. */
export const INBOX_RETENTION_DAYS = 15;
const CLEAN_UP_ROWS_MAX = 1_000;
const CLEAN_UP_EVERY_MS = 5 * 60_000;

/** Statements that make the inbox of a service. */
export function inboxTablesSql(schema: string): string[] {
  const s = checkedSchema(schema);
  return [
    `CREATE TABLE ${s}.inbox (
    consumer text NOT NULL,
    ce_source text NOT NULL,
    ce_id uuid NOT NULL,
    handled_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (consumer, ce_source, ce_id)
  )`,
    `CREATE INDEX inbox_handled_at ON ${s}.inbox (handled_at)`,
  ];
}

/** What came of handling an event once. */
export interface Handled<R> {
  /** True when the event had been handled before: the work was not done. */
  readonly duplicate: boolean;
  readonly result?: R;
}

/** Remembers which events a consumer has handled, in the transaction of their effects. */
export class Inbox {
  readonly #schema: string;
  readonly #consumer: string;
  #cleanedAt = performance.now();

  /**
   * @param schema the service's schema, holding the table of `inboxTablesSql`
   * @param consumer names this use of the events; another name handles the same events again
   */
  constructor(schema: string, consumer: string) {
    this.#schema = checkedSchema(schema);
    this.#consumer = consumer;
  }

  /**
   * Does the work of an event once, however often it is delivered: the inbox row, the work's writes and its outbox
   * rows commit together. A second delivery at the same time waits for the first and is then a duplicate.
   * Throws what the work throws; nothing is written then.
   */
  async handleOnce<R>(
    dataSource: DataSource,
    event: MooringEvent,
    work: (manager: EntityManager) => Promise<R>,
  ): Promise<Handled<R>> {
    const handled = await dataSource.transaction(async (manager): Promise<Handled<R>> => {
      const rows: unknown[] = await manager.query(
        `INSERT INTO ${this.#schema}.inbox (consumer, ce_source, ce_id) VALUES ($1, $2, $3)
         ON CONFLICT DO NOTHING RETURNING 1 AS inserted`,
        [this.#consumer, event.source, event.id],
      );
      if (rows.length === 0) return { duplicate: true };
      return { duplicate: false, result: await work(manager) };
    });
    if (performance.now() - this.#cleanedAt > CLEAN_UP_EVERY_MS) {
      this.#cleanedAt = performance.now();
      // Cleaning is nobody's condition for going on: what it leaves, the next round takes.
      void this.cleanUp(dataSource).catch(() => undefined);
    }
    return handled;
  }

  /** Deletes rows older than {@link INBOX_RETENTION_DAYS}, a bounded number at once until none is left; returns how many. */
  async cleanUp(dataSource: DataSource): Promise<number> {
    let deleted = 0;
    // One batch a round would fall behind a service that handles more events than that.
    for (let batch = CLEAN_UP_ROWS_MAX; batch === CLEAN_UP_ROWS_MAX; deleted += batch) {
      batch = await this.#deleteBatch(dataSource);
    }
    return deleted;
  }

  async #deleteBatch(dataSource: DataSource): Promise<number> {
    const rows: unknown[] = await dataSource.query(
      `WITH old AS (
         SELECT ctid FROM ${this.#schema}.inbox WHERE handled_at < clock_timestamp() - make_interval(days => $1)
         ORDER BY handled_at LIMIT $2
       ), gone AS (DELETE FROM ${this.#schema}.inbox i USING old WHERE i.ctid = old.ctid RETURNING 1)
       SELECT 1 FROM gone`,
      [INBOX_RETENTION_DAYS, CLEAN_UP_ROWS_MAX],
    );
    return rows.length;
  }
}
