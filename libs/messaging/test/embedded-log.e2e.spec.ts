import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { provisionTestService, type RunningPostgres, startTestPostgres } from '@mooring/persistence/testing';
import { Pool } from 'pg';
import { GroupMembership } from '../src/embedded/group.ts';
import { readHeads, readLog } from '../src/embedded/log-reader.ts';
import { EmbeddedProducer } from '../src/embedded/producer.ts';
import { LogRetention } from '../src/embedded/retention.ts';
import { BUS_DEFAULTS, ensureTopics } from '../src/index.ts';
import { until } from './conformance/member.ts';

const TOPIC = 'mooring.workspaces.v1';
const PARTITIONS = 3;

describe('The embedded log on a real PostgreSQL', () => {
  let postgres: RunningPostgres;
  let pool: Pool;
  let administrator: Pool;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    const urls = await provisionTestService(postgres, 'bus', []);
    await ensureTopics({ busDatabaseUrl: urls.ddlUrl, clientId: 'suite' }, []);
    pool = new Pool({ connectionString: urls.url, max: 8 });
    administrator = new Pool({ connectionString: postgres.adminUrl, max: 1 });
    // A connection that is still closing when the server stops says so, and nobody else listens by then.
    for (const each of [pool, administrator]) each.on('error', () => undefined);
  });
  afterAll(async () => {
    await Promise.all([pool.end(), administrator.end()]);
    await postgres.stop();
  });

  const memberOf = (group: string, sessionTimeoutMs: number): GroupMembership => {
    const bounds = { ...BUS_DEFAULTS, sessionTimeoutMs };
    return new GroupMembership({ pool, group, topics: [TOPIC], memberId: randomUUID(), bounds });
  };
  const record = (key: string, n: number) => ({
    topic: TOPIC,
    key,
    value: Buffer.from(String(n)),
    headers: { n: String(n) },
  });

  it('makes its schema and topics once, however often it is asked', async () => {
    const url = new URL(postgres.adminUrl);
    expect(await ensureTopics({ busDatabaseUrl: url.href, clientId: 'suite' }, [])).toEqual([]);
  });

  it('gives concurrent appends offsets without gaps, each batch in its own order', async () => {
    const producers = Array.from({ length: 4 }, () => new EmbeddedProducer(pool));
    const batch = (p: number): ReturnType<typeof record>[] => Array.from({ length: 50 }, (_, n) => record(`k${p}`, n));
    await Promise.all(producers.flatMap((producer, p) => [producer.send(batch(p)), producer.send(batch(p))]));
    const heads = await readHeads(pool, [TOPIC]);
    expect(heads.reduce((sum, { offset }) => sum + Number(offset), 0)).toBe(400);
    for (const head of heads) {
      const records = await readLog(pool, [{ ...head, offset: 0n }], 1_000);
      expect(records.map(({ offset }) => Number(offset))).toEqual(records.map((_, index) => index));
      for (const key of new Set(records.map((r) => r.key))) {
        const order = records.filter((r) => r.key === key).map((r) => Number(r.value.toString()));
        expect(order).toEqual([...Array(50).keys(), ...Array(50).keys()]);
      }
    }
  });

  it('shares partitions fairly, and hands over at once what a leaving member held', async () => {
    const [one, two] = [memberOf('fair', 10_000), memberOf('fair', 10_000)];
    await one.join();
    const alone = await one.heartbeat();
    expect(alone.share).toBe(PARTITIONS);
    expect(await one.take(alone.share)).toHaveLength(PARTITIONS);
    const [second, first] = [await two.heartbeat(), await one.heartbeat()];
    expect([first.share, second.share].sort()).toEqual([1, 2]);
    await one.release(first.held.slice(first.share));
    expect(await two.take(second.share)).toHaveLength(second.share);
    await one.leave();
    const rest = await two.heartbeat();
    expect(rest.share).toBe(PARTITIONS);
    expect(await two.take(rest.share - rest.held.length)).toHaveLength(PARTITIONS - second.share);
  });

  it('refuses the commit of a member that has lost its lease, and never rewinds', async () => {
    const [lost, heir] = [memberOf('lease', 100), memberOf('lease', 60_000)];
    await lost.join();
    const held = await lost.take(PARTITIONS);
    const [before] = held;
    if (!before) throw new Error('nothing held');
    expect(await lost.commit([{ ...before, offset: 5n }])).toHaveLength(1);
    expect(await lost.commit([{ ...before, offset: 4n }])).toEqual([]);
    await until(async () => (await heir.take(PARTITIONS)).length > 0, 5_000, 'the lease to run out');
    expect(await lost.commit([{ ...before, offset: 9n }])).toEqual([]);
    const { held: inherited } = await heir.heartbeat();
    const same = inherited.find(({ partition }) => partition === before.partition);
    expect(same).toMatchObject({ committed: 5n, epoch: before.epoch + 1n });
  });

  it('deletes what has outlived its retention, and nothing else', async () => {
    await new EmbeddedProducer(pool).send([record('old', 1), record('new', 2)]);
    await administrator.query(`UPDATE bus.log SET appended_at = now() - interval '8 days' WHERE key = 'old'`);
    const retention = new LogRetention(pool);
    expect(await retention.deleteExpired()).toBe(1);
    expect(await retention.deleteExpired()).toBe(0);
    const { rows } = await pool.query(`SELECT key FROM bus.log WHERE key IN ('old', 'new')`);
    expect(rows).toEqual([{ key: 'new' }]);
  });
});
