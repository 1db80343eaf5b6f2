import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { InvalidEventError } from '@mooring/contracts';
import type { DataSource } from 'typeorm';
import {
  type BusProducer,
  type BusRecord,
  BusUnavailableError,
  Inbox,
  INBOX_RETENTION_DAYS,
  Outbox,
  OutboxRelay,
  RecordRejectedError,
  type RelayOptions,
} from '../src/index.ts';
import { startTestDatabase, type TestDatabase } from './conformance/database.ts';
import { versionOf, workspaceChanged } from './conformance/events.ts';
import { until } from './conformance/member.ts';

/** A bus in memory that refuses and fails on demand. */
class MemoryBus implements BusProducer {
  readonly records: BusRecord[] = [];
  isAway = false;
  refuse: (record: BusRecord) => boolean = () => false;

  connect(): Promise<void> {
    return Promise.resolve();
  }

  send(records: readonly BusRecord[]): Promise<void> {
    if (this.isAway) return Promise.reject(new BusUnavailableError('away'));
    if (records.some(this.refuse)) return Promise.reject(new RecordRejectedError('MESSAGE_TOO_LARGE'));
    this.records.push(...records);
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  versions(key: string): number[] {
    const mine = this.records.filter((record) => record.key === key);
    return mine.map(({ value }) => (JSON.parse(value.toString('utf8')) as { version: number }).version);
  }
}

describe('Outbox, relay and inbox on a real PostgreSQL', () => {
  const outbox = new Outbox('calm');
  let database: TestDatabase;
  let dataSource: DataSource;
  let bus: MemoryBus;

  beforeAll(async () => {
    database = await startTestDatabase();
    dataSource = await database.connect('calm');
  });
  afterAll(() => database.stop());
  beforeEach(async () => {
    bus = new MemoryBus();
    await dataSource.query('DELETE FROM calm.outbox');
    await dataSource.query('DELETE FROM calm.outbox_dead');
  });

  const relayWith = (options: Partial<RelayOptions> = {}): OutboxRelay =>
    new OutboxRelay({ dataSource, schema: 'calm', producer: bus, ...options });
  const write = (...events: Parameters<Outbox['add']>[1][]): Promise<void> =>
    dataSource.transaction((manager) => outbox.add(manager, ...events));
  const count = async (table: string): Promise<number> => {
    const rows: { n: number }[] = await dataSource.query(`SELECT count(*)::integer AS n FROM calm.${table}`);
    return rows[0]?.n ?? 0;
  };

  it('writes only in a transaction, and only data that match their schema', async () => {
    const event = workspaceChanged('w', 1);
    await expect(outbox.add(dataSource.manager, event)).rejects.toThrow('transaction');
    const wrong = { ...event, data: { ...event.data, version: 'one' as never } };
    await expect(write(wrong)).rejects.toThrow(InvalidEventError);
    expect(await count('outbox')).toBe(0);
  });

  it('announces nothing that was rolled back', async () => {
    const failing = dataSource.transaction(async (manager) => {
      await outbox.add(manager, workspaceChanged('w', 1));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await count('outbox')).toBe(0);
  });

  it('wakes the relay at the commit of a transaction in its own process, whichever data source that is on', async () => {
    const slow = { busyPollMs: 60_000, idlePollMs: 60_000 };
    const relay = relayWith({ bounds: slow, dataSource: await database.connect('calm') });
    relay.start();
    await until(() => relay.stats().silentMs > 50, 5_000, 'the relay to sleep');
    await write(workspaceChanged('w', 1));
    await until(() => bus.records.length === 1, 5_000, 'the event');
    await relay.stop({ deadlineMs: 0 });
    expect(await count('outbox')).toBe(0);
  });

  it('holds its rows while the bus is away, tells so, and counts no attempt', async () => {
    bus.isAway = true;
    const errors: unknown[] = [];
    const relay = relayWith({ onError: (error) => errors.push(error), bounds: { measureEveryMs: 0 } });
    await write(workspaceChanged('w', 1), workspaceChanged('w', 2));
    relay.start();
    await until(() => errors.length > 2, 10_000, 'failed rounds');
    expect(relay.stats()).toMatchObject({ connected: false, published: 0, dead: 0 });
    await until(() => relay.stats().pending === 2 && relay.stats().oldestAgeMs > 0, 5_000, 'gauges of an absent bus');
    bus.isAway = false;
    await until(() => bus.records.length === 2, 10_000, 'both events');
    await until(() => relay.stats().connected && relay.stats().pending === 0, 5_000, 'true gauges');
    await relay.stop({ deadlineMs: 0 });
    expect(bus.versions('w')).toEqual([1, 2]);
  });

  it('puts a row that the bus refuses into the dead table, while other keys go on and its own key waits for that', async () => {
    bus.refuse = ({ key, value }) => key === 'bad' && value.includes('"version": 2');
    const events = [1, 2, 3].flatMap((version) => [
      workspaceChanged('bad', version),
      workspaceChanged('good', version),
    ]);
    await write(...events);
    const relay = relayWith();
    relay.start();
    await until(() => relay.stats().dead === 1, 10_000, 'the dead row');
    await until(() => bus.versions('bad').length === 2, 10_000, 'the key to go on');
    await relay.stop({ deadlineMs: 0 });
    expect(bus.versions('good')).toEqual([1, 2, 3]);
    expect(bus.versions('bad')).toEqual([1, 3]);
    const dead: { id: string; error: string }[] = await dataSource.query('SELECT id, error FROM calm.outbox_dead');
    expect(dead).toEqual([{ id: events[2]?.id, error: 'MESSAGE_TOO_LARGE' }]);
    expect(await count('outbox')).toBe(0);
  });

  it('publishes on stopping what is pending, within its deadline', async () => {
    const relay = relayWith({ bounds: { batchRowsMax: 2, busyPollMs: 60_000, idlePollMs: 60_000 } });
    relay.start();
    bus.isAway = true;
    await write(...[1, 2, 3, 4, 5].map((version) => workspaceChanged('w', version)));
    bus.isAway = false;
    await relay.stop({ deadlineMs: 5_000 });
    expect(bus.versions('w')).toEqual([1, 2, 3, 4, 5]);
  });

  it('passes the fault point between reading rows and sending them', async () => {
    const points: string[] = [];
    await write(workspaceChanged('w', 1));
    const faultPoint: RelayOptions['faultPoint'] = (name) => void points.push(`${name} ${bus.records.length}`);
    const relay = relayWith({ faultPoint });
    relay.start();
    await until(() => bus.records.length === 1, 5_000, 'the event');
    await relay.stop({ deadlineMs: 0 });
    expect(points).toEqual(['bus.after-commit-before-announce 0']);
  });

  it('handles an event once per consumer, and forgets a failed handling', async () => {
    const event = { ...workspaceChanged('w', 4), id: randomUUID() as never };
    const inbox = new Inbox('calm', 'one');
    const fail = (): Promise<never> => Promise.reject(new Error('no'));
    await expect(inbox.handleOnce(dataSource, event, fail)).rejects.toThrow('no');
    const work = (): Promise<number> => Promise.resolve(versionOf(event));
    expect(await inbox.handleOnce(dataSource, event, work)).toEqual({ duplicate: false, result: 4 });
    expect(await inbox.handleOnce(dataSource, event, work)).toEqual({ duplicate: true });
    expect(await new Inbox('calm', 'two').handleOnce(dataSource, event, work)).toMatchObject({ duplicate: false });
  });

  it('cleans inbox rows only after their time', async () => {
    const inbox = new Inbox('calm', 'cleaning');
    await dataSource.query('DELETE FROM calm.inbox');
    for (const days of [INBOX_RETENTION_DAYS - 1, INBOX_RETENTION_DAYS + 1]) {
      await dataSource.query(
        `INSERT INTO calm.inbox VALUES ('cleaning', '/x', $1, clock_timestamp() - make_interval(days => $2))`,
        [randomUUID(), days],
      );
    }
    expect(await inbox.cleanUp(dataSource)).toBe(1);
    expect(await count('inbox')).toBe(1);
  });
});
