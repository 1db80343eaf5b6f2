import { randomUUID } from 'node:crypto';
import { EVENT_SCHEMAS, Secret, TOPICS } from '@mooring/contracts';
import { createDataSource } from '@mooring/persistence';
import { provisionTestService, startTestPostgres } from '@mooring/persistence/testing';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { encodeEvent } from '../src/cloud-event.ts';
import { KafkaTopicReader } from '../src/kafka/topic-reader.ts';
import {
  type BusRecord,
  type BusSettings,
  createBus,
  ensureTopics,
  outboxTablesSql,
  OutboxRelay,
  resolveBusSettings,
} from '../src/index.ts';
import { startLocalKafka } from '../src/testing.ts';
import { bareSend } from './bare-kafkajs.ts';

const EVENTS = 100_000;
const KEYS = 1_000;
const RELAYS = 4;
const GOAL_PER_SECOND = 10_000;
const SCHEMA = 'bench';
const TOPIC = TOPICS.workspaces.name;

/** One measured figure; `ratio` is value to baseline, `holds` says whether the goal is reached. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number | null;
  readonly ratio: number | null;
  readonly goal: string;
  readonly holds: boolean;
}

class BenchTables1763683200000 implements MigrationInterface {
  name = 'BenchTables1763683200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of outboxTablesSql(SCHEMA)) await runner.query(sql);
  }

  async down(): Promise<void> {}
}

/** 100,000 events through 4 relays to a real Kafka on this machine, beside kafkajs alone sending the same records. */
export async function run(): Promise<{ name: string; figures: Figure[] }> {
  const [postgres, kafka] = await Promise.all([startTestPostgres(), startLocalKafka()]);
  const settings: BusSettings = { kafkaBrokers: kafka.brokers, clientId: 'relay-bench' };
  try {
    const { url } = await provisionTestService(postgres, SCHEMA, [BenchTables1763683200000]);
    await ensureTopics(settings, []);
    const reader = new KafkaTopicReader(resolveBusSettings(settings));
    const dataSource = await connect(url);
    await fillOutbox(dataSource);
    const records = await recordsOf(dataSource);
    const baseline = perSecond(await bareSend(kafka.brokers, records));
    const relayed = perSecond(await drain(dataSource, url, settings));
    const seen = await reader.readAll(TOPIC);
    await reader.close();
    await dataSource.destroy();
    return { name: 'relay', figures: figuresOf(baseline, relayed, orderOf(seen)) };
  } finally {
    await Promise.all([postgres.stop(), kafka.stop()]);
  }
}

const perSecond = (ms: number): number => Math.round((EVENTS * 1_000) / ms);

async function connect(url: string): Promise<DataSource> {
  return createDataSource({ url: new Secret(url), schema: SCHEMA, applicationName: 'relay bench' }).initialize();
}

/** Keys take turns, as in a busy service: neighbours in the table are of different keys. */
async function fillOutbox(dataSource: DataSource): Promise<void> {
  const schema = EVENT_SCHEMAS.WorkspaceChanged.description ?? '';
  const about = { subject: 'KEY', workspaceId: 'KEY', key: 'KEY', time: new Date().toISOString() };
  const data = { workspaceId: 'KEY', hubId: 'hub', name: schema, plan: 'free' as const, timeZone: 'UTC', version: 0 };
  const id = randomUUID() as never;
  const { headers } = encodeEvent({ id, type: 'WorkspaceChanged', source: '/mooring/gateway', ...about, data });
  await dataSource.query(
    `INSERT INTO ${SCHEMA}.outbox (id, aggregatetype, aggregateid, type, payload, headers)
     SELECT e.id, $1, e.key, 'WorkspaceChanged',
       $2::jsonb || jsonb_build_object('workspaceId', e.key, 'version', e.version),
       $3::jsonb || jsonb_build_object('ce_id', e.id, 'ce_subject', e.key, 'ce_workspaceid', e.key)
     FROM (SELECT gen_random_uuid() AS id, 'k' || (n % $4::int) AS key, n / $4::int AS version
           FROM generate_series(0, $5::int - 1) AS n ORDER BY n) AS e`,
    [TOPIC, JSON.stringify(data), JSON.stringify(headers), KEYS, EVENTS],
  );
  await dataSource.query(`ANALYZE ${SCHEMA}.outbox`).catch(() => undefined);
}

async function recordsOf(dataSource: DataSource): Promise<BusRecord[]> {
  const rows: { key: string; payload: string; headers: Record<string, string> }[] = await dataSource.query(
    `SELECT aggregateid AS key, payload::text AS payload, headers FROM ${SCHEMA}.outbox ORDER BY seq`,
  );
  return rows.map(({ key, payload, headers }) => ({ topic: TOPIC, key, value: Buffer.from(payload), headers }));
}

/** Milliseconds from the start of the relays until the outbox is empty. */
async function drain(dataSource: DataSource, url: string, settings: BusSettings): Promise<number> {
  const parts = await Promise.all(
    Array.from({ length: RELAYS }, async () => {
      const bus = createBus(settings);
      await bus.producer.connect();
      return { bus, relaySource: await connect(url) };
    }),
  );
  const relays = parts.map(
    ({ bus, relaySource }) => new OutboxRelay({ dataSource: relaySource, schema: SCHEMA, producer: bus.producer }),
  );
  const startMs = performance.now();
  relays.forEach((relay) => relay.start());
  while (relays.reduce((sum, relay) => sum + relay.stats().published, 0) < EVENTS) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const tookMs = performance.now() - startMs;
  const rows: unknown[] = await dataSource.query(`SELECT 1 FROM ${SCHEMA}.outbox LIMIT 1`);
  if (rows.length > 0) throw new Error('the outbox is not empty');
  await Promise.all(relays.map((relay) => relay.stop({ deadlineMs: 0 })));
  await Promise.all(parts.map(async ({ bus, relaySource }) => Promise.all([bus.close(), relaySource.destroy()])));
  return tookMs;
}

/** Counts, per key, first deliveries that are older than one before them, and events that never came. */
function orderOf(records: readonly { key: string | null; value: Buffer; headers: Readonly<Record<string, string>> }[]) {
  const newest = new Map<string, number>();
  const ids = new Set<string>();
  let breaks = 0;
  for (const { key, value, headers } of records) {
    const id = headers['ce_id'] ?? '';
    if (ids.has(id) || key === null) continue;
    ids.add(id);
    const { version } = JSON.parse(value.toString('utf8')) as { version: number };
    if (version <= (newest.get(key) ?? -1)) breaks += 1;
    newest.set(key, Math.max(version, newest.get(key) ?? -1));
  }
  return { breaks, missing: EVENTS - ids.size, repeated: records.length - ids.size };
}

function figuresOf(baseline: number, relayed: number, order: ReturnType<typeof orderOf>): Figure[] {
  const count = (what: string, value: number): Figure => ({
    what,
    value,
    unit: 'events',
    baseline: null,
    ratio: null,
    goal: '0',
    holds: value === 0,
  });
  return [
    {
      what: `${EVENTS} events through ${RELAYS} relays`,
      value: relayed,
      unit: 'events/s',
      baseline,
      ratio: Math.round((relayed / baseline) * 100) / 100,
      goal: `>= ${GOAL_PER_SECOND}`,
      holds: relayed >= GOAL_PER_SECOND,
    },
    count('order breaks per key', order.breaks),
    count('events lost', order.missing),
    count('events repeated', order.repeated),
  ];
}
