/**
 * The event log: Kafka's model in tables. Offsets come from a head row per partition, advanced in the transaction
 * that appends, so that they have no gaps and no late commit is ever passed over.
 */
export const EMBEDDED_SCHEMA_SQL: readonly string[] = [
  // Not IF NOT EXISTS: that asks for the right to create schemas even where there is nothing to create.
  `DO $$ BEGIN IF to_regnamespace('bus') IS NULL THEN CREATE SCHEMA bus; END IF; END $$`,
  `CREATE TABLE IF NOT EXISTS bus.topic (
    name text PRIMARY KEY,
    partitions integer NOT NULL CHECK (partitions > 0),
    retention interval NOT NULL
  )`,
  `CREATE TABLE IF NOT EXISTS bus.head (
    topic text NOT NULL REFERENCES bus.topic,
    partition integer NOT NULL,
    next_offset bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (topic, partition)
  ) WITH (fillfactor = 20)`,
  `CREATE TABLE IF NOT EXISTS bus.log (
    topic text NOT NULL,
    partition integer NOT NULL,
    "offset" bigint NOT NULL,
    key text,
    value bytea NOT NULL,
    headers jsonb NOT NULL,
    appended_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (topic, partition, "offset")
  )`,
  `CREATE INDEX IF NOT EXISTS log_appended_at ON bus.log USING brin (appended_at)`,
  `CREATE TABLE IF NOT EXISTS bus.member (
    consumer_group text NOT NULL,
    id uuid NOT NULL,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (consumer_group, id)
  )`,
  `CREATE TABLE IF NOT EXISTS bus.position (
    consumer_group text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    committed bigint NOT NULL DEFAULT 0,
    owner uuid,
    epoch bigint NOT NULL DEFAULT 0,
    lease_until timestamptz,
    PRIMARY KEY (consumer_group, topic, partition)
  ) WITH (fillfactor = 20)`,
  `CREATE OR REPLACE FUNCTION bus.append(
    topics text[], partitions integer[], keys text[], record_values bytea[], record_headers jsonb[]
  ) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  DECLARE
    expected integer;
    locked integer;
  BEGIN
    SELECT count(*) INTO expected FROM (SELECT DISTINCT * FROM unnest(topics, partitions)) AS distinct_partitions;
    -- Heads are locked in one order by everybody: two appends can't wait for each other.
    SELECT count(*) INTO locked FROM (
      SELECT 1 FROM bus.head h WHERE (h.topic, h.partition) IN (SELECT * FROM unnest(topics, partitions))
      ORDER BY h.topic, h.partition FOR UPDATE
    ) AS heads;
    IF locked <> expected THEN RAISE EXCEPTION 'unknown topic or partition' USING ERRCODE = 'undefined_object'; END IF;
    WITH input AS (
      SELECT * FROM unnest(topics, partitions, keys, record_values, record_headers)
        WITH ORDINALITY AS i (topic, partition, key, value, headers, ordinal)
    ), numbered AS (
      SELECT i.*, h.next_offset + row_number() OVER (PARTITION BY i.topic, i.partition ORDER BY i.ordinal) - 1 AS position
      FROM input i JOIN bus.head h USING (topic, partition)
    )
    INSERT INTO bus.log (topic, partition, "offset", key, value, headers)
      SELECT n.topic, n.partition, n.position, n.key, n.value, n.headers FROM numbered n ORDER BY n.ordinal;
    UPDATE bus.head h SET next_offset = h.next_offset + c.added
      FROM (SELECT u.topic, u.partition, count(*) AS added FROM unnest(topics, partitions) AS u (topic, partition) GROUP BY 1, 2) c
      WHERE h.topic = c.topic AND h.partition = c.partition;
    PERFORM pg_notify('mooring_bus', name) FROM (SELECT DISTINCT unnest(topics) AS name) AS touched;
  END $$`,
];

/** The channel on which appends are announced, with the topic as payload. */
export const NOTIFY_CHANNEL = 'mooring_bus';
