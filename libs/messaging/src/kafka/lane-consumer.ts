import type { DurationMs } from '@mooring/contracts';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { Delivery } from '../consume/delivery.ts';
import { failureOf } from '../consume/failure.ts';
import type { LaneConsumer, LaneStats } from '../consume/lane-consumer.ts';
import { type PartitionCommit, LaneWork, type TopicPartition } from '../consume/lane-work.ts';
import type { Lane } from '../consume/lanes.ts';
import type { ResolvedBusSettings } from '../settings.ts';
import { sleep, withinTime } from '../sleep.ts';
import { receivedRecord } from './received-record.ts';

const SUPERVISOR_ROUND_MS = 100;
const FETCH_WAIT_MS = 500;

/** One life of a kafkajs consumer: what belongs to an earlier one is ignored. */
interface Incarnation {
  readonly consumer: Consumer;
  isDead: boolean;
  isJoined: boolean;
  lastSignMs: number;
}

/** Consumes a lane from Kafka under a supervisor that makes a fresh consumer whenever kafkajs has given up or gone silent. */
export class KafkaLaneConsumer implements LaneConsumer {
  readonly #kafka: Kafka;
  readonly #lane: Lane;
  readonly #settings: ResolvedBusSettings;
  readonly #stopped = new AbortController();
  readonly #lags = new Map<string, number>();
  /** Outlives the consumers: what is at work when one dies is not begun again when the next one is given it. */
  readonly #work: LaneWork;
  #life: Incarnation | undefined;
  #isIntakeStopped = false;
  #supervising: Promise<void> = Promise.resolve();
  #beatMs = performance.now();
  #restarts = 0;
  #lastCommitMs = 0;
  #committing: Promise<void> | undefined;

  constructor(kafka: Kafka, lane: Lane, delivery: Delivery, settings: ResolvedBusSettings) {
    this.#kafka = kafka;
    this.#lane = lane;
    this.#settings = settings;
    this.#work = new LaneWork(
      settings.bounds,
      (record, slots) => delivery.process(record, slots),
      (at) => this.#resume(at),
    );
  }

  start(): void {
    this.#supervising = this.#supervise();
  }

  stopIntake(): void {
    this.#isIntakeStopped = true;
    this.#work.halt();
    if (this.#life) this.#pause(this.#life, this.#work.owned);
  }

  async stop(drainTimeoutMs: DurationMs): Promise<void> {
    this.stopIntake();
    const isIdle = await this.#work.idle(drainTimeoutMs);
    if (!isIdle) this.#warn('handlers were still at work when the time to stop ran out');
    this.#stopped.abort();
    await this.#supervising;
    await this.#committing;
    const life = this.#life;
    if (!life || life.isDead) return;
    // A commit after disconnecting has begun is dropped.
    await this.#commit(life);
    await this.#dispose(life);
  }

  stats(): LaneStats {
    return {
      lane: this.#lane.name,
      group: this.#lane.group,
      connected: this.#life?.isJoined === true && !this.#life.isDead,
      partitions: this.#work.owned.length,
      handlersInFlight: this.#work.handlersInFlight,
      recordsInFlight: this.#work.recordsInFlight,
      lag: [...this.#lags.values()].reduce((sum, lag) => sum + lag, 0),
      supervisorSilentMs: Math.round(performance.now() - this.#beatMs),
      restarts: this.#restarts,
    };
  }

  async #supervise(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      this.#beatMs = performance.now();
      const life = this.#life;
      if (life && (life.isDead || this.#isSilent(life))) {
        this.#life = undefined;
        this.#work.suspendCommits();
        this.#restarts += 1;
        void this.#dispose(life);
      } else if (life) {
        this.#commitWhenDue(life);
      } else if (!this.#isIntakeStopped) {
        await this.#begin();
      }
      await sleep(this.#life ? SUPERVISOR_ROUND_MS : this.#settings.bounds.restartDelayMs, signal);
    }
  }

  /** kafkajs heartbeats at least as often as it fetches; long silence means that it hangs. */
  #isSilent(life: Incarnation): boolean {
    const { sessionTimeoutMs, requestTimeoutMs, rebalanceTimeoutMs } = this.#settings.bounds;
    const allowedMs = life.isJoined ? sessionTimeoutMs : rebalanceTimeoutMs + sessionTimeoutMs;
    return performance.now() - life.lastSignMs > allowedMs + requestTimeoutMs;
  }

  async #begin(): Promise<void> {
    const life = this.#newLife();
    try {
      const late = (): Error => new Error('Kafka did not answer in time');
      await withinTime(this.#run(life), 3 * this.#settings.bounds.requestTimeoutMs, late);
      if (!this.#stopped.signal.aborted) {
        this.#life = life;
        return;
      }
    } catch (error) {
      this.#warn('the lane cannot reach Kafka yet', error);
    }
    void this.#dispose(life);
  }

  #newLife(): Incarnation {
    const { bounds } = this.#settings;
    const consumer = this.#kafka.consumer({
      groupId: this.#lane.consumerGroup,
      sessionTimeout: bounds.sessionTimeoutMs,
      heartbeatInterval: bounds.heartbeatMs,
      rebalanceTimeout: bounds.rebalanceTimeoutMs,
      maxBytesPerPartition: bounds.fetchBytesMax,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      allowAutoTopicCreation: false,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5, restartOnFailure: () => Promise.resolve(false) },
    });
    const life: Incarnation = {
      consumer,
      isDead: false,
      isJoined: false,
      lastSignMs: performance.now(),
    };
    this.#listen(life);
    return life;
  }

  #listen(life: Incarnation): void {
    const { consumer } = life;
    const sign = (): void => {
      life.lastSignMs = performance.now();
    };
    consumer.on(consumer.events.HEARTBEAT, sign);
    consumer.on(consumer.events.FETCH, sign);
    consumer.on(consumer.events.REBALANCING, () => {
      sign();
      // Best effort, on the same connection ahead of the request to join: fewer repetitions for the next owner.
      void this.#commit(life).finally(() => undefined);
      this.#work.suspendCommits();
    });
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      if (life.isDead) return;
      sign();
      life.isJoined = true;
      const assignment = Object.entries(payload.memberAssignment).flatMap(([topic, partitions]) =>
        partitions.map((partition) => ({ topic, partition })),
      );
      this.#work.assign(assignment);
      this.#lags.clear();
      this.#pause(
        life,
        assignment.filter((at) => this.#work.isFull(at)),
      );
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      life.isDead = true;
      this.#warn('the consumer gave up; a fresh one follows', payload.error);
    });
    consumer.on(consumer.events.STOP, () => {
      life.isDead = true;
    });
  }

  async #run(life: Incarnation): Promise<void> {
    await life.consumer.connect();
    await life.consumer.subscribe({ topics: [...this.#lane.topics], fromBeginning: true });
    void life.consumer
      .run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        eachBatch: (payload) => Promise.resolve(this.#take(life, payload)),
      })
      .catch((error: unknown) => {
        life.isDead = true;
        this.#warn('the consumer could not start', error);
      });
  }

  #take(life: Incarnation, payload: EachBatchPayload): void {
    const { batch } = payload;
    const at: TopicPartition = { topic: batch.topic, partition: batch.partition };
    if (this.#isIntakeStopped || life.isDead) {
      this.#pause(life, [at]);
      return;
    }
    const records = batch.messages.map((message) => receivedRecord(at, message));
    const isFull = this.#work.offer(at, records);
    payload.resolveOffset(batch.lastOffset());
    this.#lags.set(`${at.topic}/${at.partition}`, Number(batch.offsetLag()));
    if (isFull) this.#pause(life, [at]);
  }

  #pause(life: Incarnation, partitions: readonly TopicPartition[]): void {
    try {
      life.consumer.pause(partitions.map(({ topic, partition }) => ({ topic, partitions: [partition] })));
    } catch {
      // Not running: nothing is fetched then either.
    }
  }

  #resume({ topic, partition }: TopicPartition): void {
    const life = this.#life;
    if (!life || this.#isIntakeStopped || life.isDead) return;
    try {
      life.consumer.resume([{ topic, partitions: [partition] }]);
    } catch {
      // Not running: the next assignment decides anew.
    }
  }

  #commitWhenDue(life: Incarnation): void {
    if (this.#committing || performance.now() - this.#lastCommitMs < this.#settings.bounds.commitEveryMs) return;
    this.#lastCommitMs = performance.now();
    this.#committing = this.#commit(life).finally(() => {
      this.#committing = undefined;
    });
  }

  /** Commits low watermarks. A failure costs repetitions only: the next round tries again. */
  async #commit(life: Incarnation): Promise<void> {
    const commits: PartitionCommit[] = life.isDead ? [] : this.#work.commits();
    if (commits.length === 0) return;
    const offsets = commits.map(({ topic, partition, offset }) => ({ topic, partition, offset: String(offset) }));
    try {
      const late = (): Error => new Error('Kafka did not confirm a commit in time');
      await withinTime(life.consumer.commitOffsets(offsets), this.#settings.bounds.requestTimeoutMs, late);
      this.#work.committed(commits);
    } catch (error) {
      this.#warn('offsets could not be committed', error);
    }
  }

  async #dispose(life: Incarnation): Promise<void> {
    life.isDead = true;
    const late = (): Error => new Error('the consumer did not disconnect in time');
    const waitMs = this.#settings.bounds.requestTimeoutMs + FETCH_WAIT_MS;
    await withinTime(life.consumer.disconnect(), waitMs, late).catch((error: unknown) => {
      this.#warn('a consumer was left behind', error);
    });
  }

  #warn(message: string, error?: unknown): void {
    const because = error === undefined ? {} : { because: failureOf(error) };
    this.#settings.logger.warn({ lane: this.#lane.name, group: this.#lane.group, ...because }, message);
  }
}
