import type { Pool } from 'pg';
import type { TopicPartition } from '../consume/lane-work.ts';
import type { ReceivedRecord } from '../record.ts';

/** Where to read on. */
export interface ReadFrom extends TopicPartition {
  readonly offset: bigint;
}

interface LogRow {
  topic: string;
  partition: number;
  offset: string;
  key: string | null;
  value: Buffer;
  headers: Record<string, string>;
}

/** Reads up to `limit` records of each partition, in the order of its offsets. */
export async function readLog(pool: Pool, from: readonly ReadFrom[], limit: number): Promise<ReceivedRecord[]> {
  if (from.length === 0) return [];
  const { rows } = await pool.query<LogRow>(
    `SELECT l.topic, l.partition, l."offset", l.key, l.value, l.headers
     FROM unnest($1::text[], $2::integer[], $3::bigint[]) AS f (topic, partition, start)
     CROSS JOIN LATERAL (
       SELECT * FROM bus.log WHERE topic = f.topic AND partition = f.partition AND "offset" >= f.start
       ORDER BY "offset" LIMIT $4
     ) AS l`,
    [
      from.map(({ topic }) => topic),
      from.map(({ partition }) => partition),
      from.map(({ offset }) => String(offset)),
      limit,
    ],
  );
  return rows.map((row) => ({ ...row, offset: BigInt(row.offset) }));
}

/** The next offset to be written in each partition of the topics. */
export async function readHeads(pool: Pool, topics: readonly string[]): Promise<ReadFrom[]> {
  const { rows } = await pool.query<{ topic: string; partition: number; next_offset: string }>(
    'SELECT topic, partition, next_offset FROM bus.head WHERE topic = ANY ($1) ORDER BY topic, partition',
    [topics],
  );
  return rows.map(({ topic, partition, next_offset }) => ({ topic, partition, offset: BigInt(next_offset) }));
}
