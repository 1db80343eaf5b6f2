import pg from 'pg';
import type { ResolvedBusSettings } from '../settings.ts';
import type { TopicPlan } from '../topic-plan.ts';
import { connectionOptions } from './database.ts';
import { EMBEDDED_SCHEMA_SQL } from './schema.ts';

/** Makes the event log's schema and the planned topics where they are missing; returns the names of the new topics. */
export async function ensureEmbeddedTopics(
  settings: ResolvedBusSettings,
  plans: readonly TopicPlan[],
): Promise<string[]> {
  const client = new pg.Client({ ...connectionOptions(settings), query_timeout: 30_000 });
  await client.connect();
  try {
    await client.query('BEGIN');
    // Two services may be started at once, each with this command before it.
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('mooring.bus.schema'))`);
    for (const statement of EMBEDDED_SCHEMA_SQL) await client.query(statement);
    const { rows } = await client.query<{ name: string }>(
      `INSERT INTO bus.topic (name, partitions, retention)
       SELECT name, partitions, make_interval(secs => retention_ms / 1000.0)
       FROM unnest($1::text[], $2::integer[], $3::float8[]) AS plan (name, partitions, retention_ms)
       ON CONFLICT DO NOTHING RETURNING name`,
      [plans.map(({ name }) => name), plans.map((p) => p.partitions), plans.map((p) => p.retentionMs)],
    );
    await client.query(
      `INSERT INTO bus.head (topic, partition)
       SELECT name, generate_series(0, partitions - 1) FROM bus.topic ON CONFLICT DO NOTHING`,
    );
    await client.query('COMMIT');
    return rows.map(({ name }) => name);
  } finally {
    await client.end();
  }
}
