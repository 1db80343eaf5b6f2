import { randomUUID } from 'node:crypto';
import type { EventType, MooringEvent } from '@mooring/contracts';
import {
  type BusProducer,
  createBus,
  DeadLetters,
  encodeEvent,
  ensureTopics,
  Inbox,
  Outbox,
  OutboxRelay,
  type RelayOptions,
} from '../../src/index.ts';
import type { DataSource } from 'typeorm';
import type { TestDatabase, TestSchema } from './database.ts';
import { type BusAddress, TEST_BOUNDS } from './harness.ts';
import { type Member, type MemberOptions, startMember } from './member.ts';

/** What a scenario works with; everything it starts is stopped with it. */
export class Stage {
  readonly address: BusAddress;
  readonly database: TestDatabase;
  readonly schema: TestSchema;
  readonly #adminAddress: BusAddress;
  readonly #endings: (() => Promise<void>)[] = [];

  constructor(options: { address: BusAddress; adminAddress: BusAddress; database: TestDatabase; schema: TestSchema }) {
    this.address = options.address;
    this.#adminAddress = options.adminAddress;
    this.database = options.database;
    this.schema = options.schema;
  }

  /** A new group with its topics. */
  async group(types: readonly EventType[]): Promise<string> {
    const group = `g${randomUUID().slice(0, 8)}`;
    await this.declare(group, types);
    return group;
  }

  async declare(group: string, types: readonly EventType[]): Promise<void> {
    await ensureTopics({ ...this.#adminAddress, clientId: 'suite', bounds: TEST_BOUNDS }, [{ group, types }]);
  }

  async member(options: Omit<MemberOptions, 'address'>): Promise<Member> {
    const member = await startMember({ ...options, address: this.address });
    this.onEnd(() => member.close());
    return member;
  }

  producer(): BusProducer {
    const bus = createBus({ ...this.address, clientId: 'suite-producer', bounds: TEST_BOUNDS });
    this.onEnd(() => bus.close());
    return bus.producer;
  }

  async publish(...events: MooringEvent[]): Promise<void> {
    await this.producer().send(events.map(encodeEvent));
  }

  async relay(options: Partial<RelayOptions> = {}): Promise<OutboxRelay> {
    const dataSource = await this.dataSource();
    const relay = new OutboxRelay({ dataSource, schema: this.schema, producer: this.producer(), ...options });
    relay.start();
    this.onEnd(() => relay.stop({ deadlineMs: 0 }));
    return relay;
  }

  async dataSource(): Promise<DataSource> {
    return this.database.connect(this.schema);
  }

  outbox(): Outbox {
    return new Outbox(this.schema);
  }

  inbox(consumer: string): Inbox {
    return new Inbox(this.schema, consumer);
  }

  deadLetters(): DeadLetters {
    const letters = new DeadLetters({ ...this.#adminAddress, clientId: 'suite-letters', bounds: TEST_BOUNDS });
    this.onEnd(() => letters.close());
    return letters;
  }

  onEnd(ending: () => Promise<void>): void {
    this.#endings.push(ending);
  }

  async end(): Promise<void> {
    for (const ending of this.#endings.reverse()) await ending().catch(() => undefined);
  }
}

/** Handles an event once and writes its effect, as a service does. */
export async function effectOnce(
  stage: Stage,
  dataSource: DataSource,
  group: string,
  event: MooringEvent,
): Promise<boolean> {
  const { duplicate } = await stage.inbox(group).handleOnce(dataSource, event, async (manager) => {
    const version = (event.data as { version: number }).version;
    const row = [group, event.id, event.key, version];
    await manager.query(`INSERT INTO ${stage.schema}.effect VALUES ($1, $2, $3, $4)`, row);
  });
  return !duplicate;
}

/** How often each of a group's events took effect, by id. */
export async function effectsOf(stage: Stage, dataSource: DataSource, group: string): Promise<Map<string, number>> {
  const rows: { event_id: string; times: number }[] = await dataSource.query(
    `SELECT event_id, count(*)::integer AS times FROM ${stage.schema}.effect WHERE consumer = $1 GROUP BY event_id`,
    [group],
  );
  return new Map(rows.map(({ event_id, times }) => [event_id, times]));
}
