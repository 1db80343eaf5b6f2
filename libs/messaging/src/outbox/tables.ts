/** How many buckets an outbox is split into; a relay owns whole buckets, and a key lies in one. */
export const OUTBOX_BUCKETS = 16;

const SCHEMA_PATTERN = /^[a-z_][a-z0-9_]{0,62}$/;

/** Returns the schema's name if it can stand in SQL unquoted. Throws RangeError. */
export function checkedSchema(schema: string): string {
  if (!SCHEMA_PATTERN.test(schema)) throw new RangeError('a schema name must match ^[a-z_][a-z0-9_]{0,62}$');
  return schema;
}

/**
 * Statements that make the outbox of a service: `outbox` (row present = pending), `outbox_bucket` (whose row locks
 * say which relay owns a bucket) and `outbox_dead` (rows that could not be published). Columns as Debezium's outbox
 * event router expects them, so that change data capture can take the relay's place.
 */
export function outboxTablesSql(schema: string): string[] {
  const s = checkedSchema(schema);
  const columns = `
    id uuid NOT NULL,
    aggregatetype text NOT NULL,
    aggregateid text NOT NULL,
    type text NOT NULL,
    payload jsonb NOT NULL,
    headers jsonb NOT NULL,`;
  return [
    `CREATE TABLE ${s}.outbox (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,${columns}
    bucket smallint NOT NULL GENERATED ALWAYS AS (mod(abs(hashtext(aggregateid)::bigint), ${OUTBOX_BUCKETS})) STORED,
    attempts smallint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
  ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)`,
    `CREATE INDEX outbox_bucket_seq ON ${s}.outbox (bucket, seq)`,
    `CREATE TABLE ${s}.outbox_bucket (bucket smallint PRIMARY KEY)`,
    `INSERT INTO ${s}.outbox_bucket SELECT generate_series(0, ${OUTBOX_BUCKETS - 1})`,
    `CREATE TABLE ${s}.outbox_dead (
    seq bigint PRIMARY KEY,${columns}
    created_at timestamptz NOT NULL,
    error text NOT NULL,
    died_at timestamptz NOT NULL DEFAULT clock_timestamp()
  )`,
  ];
}
