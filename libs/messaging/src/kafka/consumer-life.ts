import type { DurationMs } from '@mooring/contracts';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { PartitionCommit, TopicPartition } from '../consume/lane-work.ts';
import type { Lane } from '../consume/lanes.ts';
import type { BusBounds } from '../settings.ts';
import { withinTime } from '../sleep.ts';

/** The longest a fetch waits for something to come; also how soon a paused consumer looks round. */
export const FETCH_WAIT_MS = 500;

/** What a life tells its supervisor. */
export interface ConsumerLifeListener {
  /** The group is being formed anew: what was owned may not be ours any more. */
  rebalancing(): void;
  assigned(partitions: readonly TopicPartition[]): void;
  batch(payload: EachBatchPayload): void;
  died(message: string, error: unknown): void;
}

/** One kafkajs consumer from its first connection to its end; it is never revived, a fresh one follows. */
export class ConsumerLife {
  isDead = false;
  isJoined = false;
  #lastSignMs = performance.now();
  readonly #consumer: Consumer;
  readonly #lane: Lane;
  readonly #bounds: BusBounds;
  readonly #listener: ConsumerLifeListener;

  constructor(kafka: Kafka, lane: Lane, bounds: BusBounds, listener: ConsumerLifeListener) {
    this.#lane = lane;
    this.#bounds = bounds;
    this.#listener = listener;
    this.#consumer = kafka.consumer({
      groupId: lane.consumerGroup,
      sessionTimeout: bounds.sessionTimeoutMs,
      heartbeatInterval: bounds.heartbeatMs,
      rebalanceTimeout: bounds.rebalanceTimeoutMs,
      maxBytesPerPartition: bounds.fetchBytesMax,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      allowAutoTopicCreation: false,
      // Starting again is the supervisor's: kafkajs does so for some errors only.
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5, restartOnFailure: () => Promise.resolve(false) },
    });
    this.#listen();
  }

  /** kafkajs heartbeats at least as often as it fetches; long silence means that it hangs. */
  get isSilent(): boolean {
    const { sessionTimeoutMs, requestTimeoutMs, rebalanceTimeoutMs } = this.#bounds;
    const allowedMs = this.isJoined ? sessionTimeoutMs : rebalanceTimeoutMs + sessionTimeoutMs;
    return performance.now() - this.#lastSignMs > allowedMs + requestTimeoutMs;
  }

  /** Connects and subscribes; joining the group goes on in the background. Throws where the bus is away. */
  async begin(): Promise<void> {
    const late = (): Error => new Error('Kafka did not answer in time');
    await withinTime(this.#subscribe(), 3 * this.#bounds.requestTimeoutMs, late);
    void this.#consumer
      .run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        eachBatch: (payload) => {
          this.#listener.batch(payload);
          return Promise.resolve();
        },
      })
      .catch((error: unknown) => this.#die('the consumer could not start', error));
  }

  pause(partitions: readonly TopicPartition[]): void {
    this.#quietly(() => this.#consumer.pause(kafkaPartitions(partitions)));
  }

  resume(partitions: readonly TopicPartition[]): void {
    this.#quietly(() => this.#consumer.resume(kafkaPartitions(partitions)));
  }

  /** Commits positions; throws where the bus doesn't confirm them in time. */
  async commit(commits: readonly PartitionCommit[]): Promise<void> {
    const offsets = commits.map(({ topic, partition, offset }) => ({ topic, partition, offset: String(offset) }));
    const late = (): Error => new Error('Kafka did not confirm a commit in time');
    await withinTime(this.#consumer.commitOffsets(offsets), this.#bounds.requestTimeoutMs, late);
  }

  /** Leaves the group and disconnects, as far as the bus lets it in time. Nothing is heard of this life any more. */
  async end(waitMs: DurationMs = this.#bounds.requestTimeoutMs + FETCH_WAIT_MS): Promise<void> {
    this.isDead = true;
    const late = (): Error => new Error('the consumer did not disconnect in time');
    await withinTime(this.#consumer.disconnect(), waitMs, late);
  }

  #listen(): void {
    const { events } = this.#consumer;
    const sign = (): void => {
      this.#lastSignMs = performance.now();
    };
    this.#consumer.on(events.HEARTBEAT, sign);
    this.#consumer.on(events.FETCH, sign);
    this.#consumer.on(events.REBALANCING, () => {
      sign();
      if (!this.isDead) this.#listener.rebalancing();
    });
    this.#consumer.on(events.GROUP_JOIN, ({ payload }) => {
      sign();
      if (this.isDead) return;
      this.isJoined = true;
      const assignment = Object.entries(payload.memberAssignment).flatMap(([topic, partitions]) =>
        partitions.map((partition) => ({ topic, partition })),
      );
      this.#listener.assigned(assignment);
    });
    this.#consumer.on(events.CRASH, ({ payload }) => this.#die('the consumer gave up', payload.error));
    this.#consumer.on(events.STOP, () => {
      this.isDead = true;
    });
  }

  async #subscribe(): Promise<void> {
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics: [...this.#lane.topics], fromBeginning: true });
  }

  #die(message: string, error: unknown): void {
    if (!this.isDead) this.#listener.died(message, error);
    this.isDead = true;
  }

  /** Pausing and resuming throw while the consumer isn't running: nothing is fetched then, and joining decides anew. */
  #quietly(work: () => void): void {
    try {
      work();
    } catch {
      return;
    }
  }
}

const kafkaPartitions = (partitions: readonly TopicPartition[]): { topic: string; partitions: number[] }[] =>
  partitions.map(({ topic, partition }) => ({ topic, partitions: [partition] }));
