import { randomUUID } from 'node:crypto';
import type { DurationMs } from '@mooring/contracts';
import type { Pool } from 'pg';
import type { Delivery } from '../consume/delivery.ts';
import { failureOf } from '../consume/failure.ts';
import type { LaneConsumer, LaneStats } from '../consume/lane-consumer.ts';
import { LaneWork, type TopicPartition } from '../consume/lane-work.ts';
import type { Lane } from '../consume/lanes.ts';
import type { ReceivedRecord } from '../record.ts';
import type { ResolvedBusSettings } from '../settings.ts';
import { sleep, withinTime } from '../sleep.ts';
import { GroupMembership, type Holding } from './group.ts';
import type { LogListener } from './listener.ts';
import { readHeads, readLog } from './log-reader.ts';

const READ_RECORDS_MAX = 250;
/** The log is on this machine or near it: asking often costs little and hands partitions over sooner. */
const HEARTBEAT_MS_MAX = 1_000;
const LAG_EVERY_MS = 5_000;

const idOf = ({ topic, partition }: TopicPartition): string => `${topic}/${partition}`;

/** What a lane consumer shares with the others of its process. */
export interface EmbeddedParts {
  readonly pool: Pool;
  readonly listener: LogListener;
  readonly settings: ResolvedBusSettings;
}

/** Consumes a lane from the event log: one loop that heartbeats, reads, commits, and survives every failure of the database. */
export class EmbeddedLaneConsumer implements LaneConsumer {
  readonly #parts: EmbeddedParts;
  readonly #lane: Lane;
  readonly #work: LaneWork;
  readonly #group: GroupMembership;
  readonly #stopped = new AbortController();
  readonly #heartbeatMs: DurationMs;
  #holdings = new Map<string, Holding>();
  /** Partitions whose first read after an assignment is still to come: it starts at the commit, as on Kafka. */
  #fresh = new Set<string>();
  #wake = new AbortController();
  #looping: Promise<void> = Promise.resolve();
  #isIntakeStopped = false;
  #isJoined = false;
  #beatMs = performance.now();
  #heartbeatAtMs = 0;
  #commitAtMs = 0;
  #lag = 0;
  #lagAtMs = -Infinity;
  #restarts = 0;

  constructor(parts: EmbeddedParts, lane: Lane, delivery: Delivery) {
    const { bounds } = parts.settings;
    this.#parts = parts;
    this.#lane = lane;
    this.#heartbeatMs = Math.min(bounds.heartbeatMs, HEARTBEAT_MS_MAX);
    this.#work = new LaneWork(
      bounds,
      (record, slots) => delivery.process(record, slots),
      () => this.#wake.abort(),
    );
    const group = { group: lane.consumerGroup, topics: lane.topics, memberId: randomUUID(), bounds };
    this.#group = new GroupMembership({ pool: parts.pool, ...group });
  }

  start(): void {
    this.#parts.listener.subscribe(this.#lane.topics, () => this.#wake.abort());
    this.#looping = this.#loop();
  }

  stopIntake(): void {
    this.#isIntakeStopped = true;
    this.#work.halt();
  }

  async stop(drainTimeoutMs: DurationMs): Promise<void> {
    this.stopIntake();
    const isIdle = await this.#work.idle(drainTimeoutMs);
    if (!isIdle) this.#warn('handlers were still at work when the time to stop ran out');
    this.#stopped.abort();
    this.#wake.abort();
    await this.#looping;
    try {
      const late = (): Error => new Error('the bus did not answer in time');
      await withinTime(
        this.#commit().then(() => this.#group.leave()),
        this.#parts.settings.bounds.requestTimeoutMs,
        late,
      );
    } catch (error) {
      this.#warn('the lane left without a last commit', error);
    }
  }

  stats(): LaneStats {
    return {
      lane: this.#lane.name,
      group: this.#lane.group,
      connected: this.#isJoined,
      partitions: this.#work.owned.length,
      handlersInFlight: this.#work.handlersInFlight,
      recordsInFlight: this.#work.recordsInFlight,
      lag: this.#lag,
      supervisorSilentMs: Math.round(performance.now() - this.#beatMs),
      restarts: this.#restarts,
    };
  }

  async #loop(): Promise<void> {
    const { bounds } = this.#parts.settings;
    while (!this.#stopped.signal.aborted) {
      this.#beatMs = performance.now();
      this.#wake = new AbortController();
      try {
        const hasMore = await this.#round();
        if (!hasMore) await sleep(Math.min(bounds.pollMs, bounds.commitEveryMs), this.#wake.signal);
      } catch (error) {
        if (this.#isJoined) this.#restarts += 1;
        this.#isJoined = false;
        this.#work.suspendCommits();
        this.#heartbeatAtMs = 0;
        this.#warn('the lane cannot reach the bus yet', error);
        await sleep(bounds.restartDelayMs, this.#stopped.signal);
      }
    }
  }

  /** True when there may be more to read at once. */
  async #round(): Promise<boolean> {
    const now = performance.now();
    if (now - this.#heartbeatAtMs >= this.#heartbeatMs) {
      await this.#heartbeat();
      this.#heartbeatAtMs = now;
    }
    if (now - this.#commitAtMs >= this.#parts.settings.bounds.commitEveryMs) {
      await this.#commit();
      this.#commitAtMs = now;
    }
    return this.#isIntakeStopped ? false : this.#read();
  }

  async #heartbeat(): Promise<void> {
    if (!this.#isJoined) await this.#group.join();
    const { held, share } = await this.#group.heartbeat();
    let holdings = held;
    if (held.length > share) {
      await this.#commit();
      const surplus = held.slice(share);
      await this.#group.release(surplus);
      holdings = held.slice(0, share);
    } else if (!this.#isIntakeStopped) {
      holdings = [...held, ...(await this.#group.take(share - held.length))];
    }
    this.#adopt(holdings);
    if (performance.now() - this.#lagAtMs >= LAG_EVERY_MS) await this.#measureLag();
  }

  #adopt(holdings: readonly Holding[]): void {
    const isSame =
      this.#isJoined &&
      holdings.length === this.#holdings.size &&
      holdings.every((holding) => this.#holdings.get(idOf(holding))?.epoch === holding.epoch);
    this.#isJoined = true;
    if (isSame) return;
    // Where a new assignment begins to read: what is committed, until the pump says how far it has got.
    this.#holdings = new Map(holdings.map((holding) => [idOf(holding), holding]));
    this.#work.assign(holdings);
    this.#fresh = new Set(this.#holdings.keys());
  }

  async #read(): Promise<boolean> {
    const from = [...this.#holdings.values()]
      .filter((holding) => !this.#work.isFull(holding))
      .map((holding) => ({
        topic: holding.topic,
        partition: holding.partition,
        offset: this.#fresh.has(idOf(holding))
          ? holding.committed
          : (this.#work.nextOffset(holding) ?? holding.committed),
      }));
    const records = await readLog(this.#parts.pool, from, READ_RECORDS_MAX);
    const byPartition = groupByPartition(records);
    for (const [id, batch] of byPartition) {
      this.#fresh.delete(id);
      const [first] = batch;
      if (first) this.#work.offer(first, batch);
    }
    return [...byPartition.values()].some((batch) => batch.length === READ_RECORDS_MAX);
  }

  async #commit(): Promise<void> {
    const commits = this.#work.commits().flatMap((commit) => {
      const epoch = this.#holdings.get(idOf(commit))?.epoch;
      return epoch === undefined ? [] : [{ ...commit, epoch }];
    });
    if (commits.length === 0) return;
    const accepted = new Set((await this.#group.commit(commits)).map(idOf));
    this.#work.committed(commits.filter((commit) => accepted.has(idOf(commit))));
  }

  async #measureLag(): Promise<void> {
    this.#lagAtMs = performance.now();
    const heads = await readHeads(this.#parts.pool, this.#lane.topics);
    this.#lag = heads.reduce((sum, head) => {
      const holding = this.#holdings.get(idOf(head));
      if (!holding) return sum;
      return sum + Number(head.offset - (this.#work.nextOffset(head) ?? holding.committed));
    }, this.#work.recordsInFlight);
  }

  #warn(message: string, error?: unknown): void {
    const because = error === undefined ? {} : { because: failureOf(error) };
    this.#parts.settings.logger.warn({ lane: this.#lane.name, group: this.#lane.group, ...because }, message);
  }
}

function groupByPartition(records: readonly ReceivedRecord[]): Map<string, ReceivedRecord[]> {
  const groups = new Map<string, ReceivedRecord[]>();
  for (const record of records) {
    const group = groups.get(idOf(record)) ?? [];
    group.push(record);
    groups.set(idOf(record), group);
  }
  return groups;
}
