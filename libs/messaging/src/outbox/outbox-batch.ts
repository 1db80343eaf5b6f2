import { rows } from '@mooring/persistence';
import type { QueryRunner } from 'typeorm';
import { failureOf } from '../consume/failure.ts';
import { RecordRejectedError } from '../errors.ts';
import type { BusProducer, BusRecord } from '../record.ts';

interface OutboxRow {
  seq: string;
  id: string;
  aggregatetype: string;
  aggregateid: string;
  type: string;
  payload: string;
  headers: Record<string, string>;
  attempts: number;
}

/** Bounds of one batch. */
export interface BatchBounds {
  readonly batchRowsMax: number;
  readonly batchBytesMax: number;
  readonly bucketsMax: number;
  readonly attemptsMax: number;
}

/** The heads of the buckets that one transaction owns, on their way to the bus. */
export class OutboxBatch {
  readonly #schema: string;
  readonly #bounds: BatchBounds;
  readonly #rotation: number;
  #rows: OutboxRow[] = [];
  readonly #sent: string[] = [];
  readonly #refused: { row: OutboxRow; error: string }[] = [];

  constructor(schema: string, bounds: BatchBounds, rotation: number) {
    this.#schema = schema;
    this.#bounds = bounds;
    this.#rotation = rotation;
  }

  get published(): number {
    return this.#sent.length;
  }

  /** Rows refused too often. */
  get dead(): { id: string; type: string; error: string }[] {
    return this.#refused
      .filter(({ row }) => row.attempts + 1 >= this.#bounds.attemptsMax)
      .map(({ row, error }) => ({ id: row.id, type: row.type, error }));
  }

  /** Takes buckets that nobody owns, then reads their heads; returns how many rows. */
  async read(runner: QueryRunner): Promise<number> {
    const { bucketsMax, batchRowsMax, batchBytesMax } = this.#bounds;
    const buckets = await rows<{ bucket: number }>(
      runner.manager,
      `SELECT bucket FROM ${this.#schema}.outbox_bucket b
       WHERE EXISTS (SELECT 1 FROM ${this.#schema}.outbox o WHERE o.bucket = b.bucket)
       ORDER BY mod(bucket + $1, 16) LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [this.#rotation % 16, bucketsMax],
    );
    if (buckets.length === 0) return 0;
    // A statement of its own: its snapshot must be younger than the locks, or it would see rows just published.
    const heads = await rows<OutboxRow>(
      runner.manager,
      `SELECT head.* FROM unnest($1::smallint[]) AS mine (bucket) CROSS JOIN LATERAL (
         SELECT seq, id, aggregatetype, aggregateid, type, payload::text AS payload, headers, attempts
         FROM ${this.#schema}.outbox o WHERE o.bucket = mine.bucket ORDER BY seq LIMIT $2
       ) AS head ORDER BY head.seq`,
      [buckets.map(({ bucket }) => bucket), Math.ceil(batchRowsMax / buckets.length)],
    );
    let bytes = 0;
    this.#rows = heads.filter((row, index) => (bytes += row.payload.length) <= batchBytesMax || index === 0);
    return this.#rows.length;
  }

  /** Sends everything in one batch. What the bus refuses is found by halving; only its own key waits for it. */
  async publish(producer: BusProducer): Promise<void> {
    await this.#publish(producer, this.#rows, new Set());
  }

  /** Deletes what was acknowledged, counts what was refused, and puts away what was refused too often. */
  async settle(runner: QueryRunner): Promise<void> {
    if (this.#sent.length > 0) {
      await runner.query(`DELETE FROM ${this.#schema}.outbox WHERE seq = ANY ($1::bigint[])`, [this.#sent]);
    }
    for (const { row, error } of this.#refused) {
      if (row.attempts + 1 < this.#bounds.attemptsMax) {
        await runner.query(`UPDATE ${this.#schema}.outbox SET attempts = attempts + 1 WHERE seq = $1`, [row.seq]);
        continue;
      }
      await runner.query(
        `WITH gone AS (DELETE FROM ${this.#schema}.outbox WHERE seq = $1 RETURNING *)
         INSERT INTO ${this.#schema}.outbox_dead
           (seq, id, aggregatetype, aggregateid, type, payload, headers, created_at, error)
         SELECT seq, id, aggregatetype, aggregateid, type, payload, headers, created_at, $2 FROM gone`,
        [row.seq, error],
      );
    }
  }

  async #publish(producer: BusProducer, rows: readonly OutboxRow[], blockedKeys: Set<string>): Promise<void> {
    const sendable = rows.filter(({ aggregateid }) => !blockedKeys.has(aggregateid));
    const [first] = sendable;
    if (!first) return;
    try {
      await producer.send(sendable.map(recordOf));
      this.#sent.push(...sendable.map(({ seq }) => seq));
    } catch (error) {
      if (!(error instanceof RecordRejectedError)) throw error;
      if (sendable.length === 1) {
        this.#refused.push({ row: first, error: failureOf(error).message });
        blockedKeys.add(first.aggregateid);
        return;
      }
      const middle = Math.ceil(sendable.length / 2);
      await this.#publish(producer, sendable.slice(0, middle), blockedKeys);
      await this.#publish(producer, sendable.slice(middle), blockedKeys);
    }
  }
}

function recordOf({ aggregatetype, aggregateid, payload, headers }: OutboxRow): BusRecord {
  return { topic: aggregatetype, key: aggregateid, value: Buffer.from(payload), headers };
}
