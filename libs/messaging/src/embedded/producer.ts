import { createHash, randomInt } from 'node:crypto';
import type { Pool } from 'pg';
import { RecordRejectedError } from '../errors.ts';
import type { BusProducer, BusRecord } from '../record.ts';
import { appendErrorOf } from './database.ts';

/** The partition of a key: the same key always lies in the same one. */
export function partitionOf(key: string | null, partitions: number): number {
  if (key === null) return randomInt(partitions);
  return createHash('md5').update(key).digest().readUInt32BE(0) % partitions;
}

/** Appends to the event log, one statement per batch. */
export class EmbeddedProducer implements BusProducer {
  readonly #pool: Pool;
  readonly #partitions = new Map<string, number>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async connect(): Promise<void> {
    await this.#inTurn(() => this.#pool.query('SELECT 1'));
  }

  async send(records: readonly BusRecord[]): Promise<void> {
    if (records.length === 0) return;
    await this.#inTurn(async () => {
      await this.#learnTopics(records);
      await this.#pool.query('SELECT bus.append($1, $2, $3, $4, $5::jsonb[])', [
        records.map(({ topic }) => topic),
        records.map(({ topic, key }) => partitionOf(key, this.#partitions.get(topic) ?? 1)),
        records.map(({ key }) => key),
        records.map(({ value }) => value),
        records.map(({ headers }) => JSON.stringify(headers)),
      ]);
    });
  }

  async close(): Promise<void> {
    await this.#last.catch(() => undefined);
  }

  /** One append at a time: the order per key is that of the calls. */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => {
      try {
        return await work();
      } catch (error) {
        throw error instanceof RecordRejectedError ? error : appendErrorOf(error);
      }
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #learnTopics(records: readonly BusRecord[]): Promise<void> {
    const unknown = [...new Set(records.map(({ topic }) => topic))].filter((topic) => !this.#partitions.has(topic));
    if (unknown.length === 0) return;
    const { rows } = await this.#pool.query<{ name: string; partitions: number }>(
      'SELECT name, partitions FROM bus.topic WHERE name = ANY ($1)',
      [unknown],
    );
    for (const { name, partitions } of rows) this.#partitions.set(name, partitions);
    const missing = unknown.filter((topic) => !this.#partitions.has(topic));
    // Unavailable, not rejected: the command that makes topics may not have run yet.
    if (missing.length > 0) throw new Error(`topics don't exist yet: ${missing.join(', ')}`);
  }
}
