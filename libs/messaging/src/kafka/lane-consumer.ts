import type { DurationMs } from '@mooring/contracts';
import type { EachBatchPayload, Kafka } from 'kafkajs';
import type { Delivery } from '../consume/delivery.ts';
import { failureOf } from '../consume/failure.ts';
import type { LaneConsumer, LaneStats } from '../consume/lane-consumer.ts';
import { LaneWork, type TopicPartition } from '../consume/lane-work.ts';
import type { Lane } from '../consume/lanes.ts';
import type { ResolvedBusSettings } from '../settings.ts';
import { sleep } from '../sleep.ts';
import { ConsumerLife, type ConsumerLifeListener } from './consumer-life.ts';
import { receivedRecord } from './received-record.ts';

const SUPERVISOR_ROUND_MS = 100;
const STOP_SUPERVISOR_MS = 1_000;

/** Consumes a lane from Kafka under a supervisor that makes a fresh consumer whenever kafkajs has given up or gone silent. */
export class KafkaLaneConsumer implements LaneConsumer {
  readonly #kafka: Kafka;
  readonly #lane: Lane;
  readonly #settings: ResolvedBusSettings;
  readonly #stopped = new AbortController();
  readonly #lags = new Map<string, number>();
  /** Outlives the consumers: what is at work when one dies is not begun again when the next one is given it. */
  readonly #work: LaneWork;
  #life: ConsumerLife | undefined;
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
      (at) => {
        if (!this.#isIntakeStopped) this.#life?.resume([at]);
      },
    );
  }

  start(): void {
    this.#supervising = this.#supervise();
  }

  stopIntake(): void {
    this.#isIntakeStopped = true;
    this.#work.halt();
    this.#life?.pause(this.#work.owned);
  }

  async stop(drainTimeoutMs: DurationMs): Promise<void> {
    this.stopIntake();
    // Supervised meanwhile: heartbeats go on, and what gets done is committed.
    const isIdle = await this.#work.idle(drainTimeoutMs);
    if (!isIdle) this.#warn('handlers were still at work when the time to stop ran out');
    this.#stopped.abort();
    // Not longer: it may be in the middle of reaching for a bus that is away.
    await Promise.race([this.#supervising, sleep(STOP_SUPERVISOR_MS)]);
    await this.#committing;
    const life = this.#life;
    if (!life || life.isDead) return;
    // A commit after disconnecting has begun is dropped.
    await this.#commit(life);
    await this.#end(life);
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
      if (life && (life.isDead || life.isSilent)) {
        this.#life = undefined;
        this.#work.suspendCommits();
        this.#restarts += 1;
        void this.#end(life);
      } else if (life) {
        this.#commitWhenDue(life);
      } else if (!this.#isIntakeStopped) {
        await this.#begin();
      }
      await sleep(this.#life ? SUPERVISOR_ROUND_MS : this.#settings.bounds.restartDelayMs, signal);
    }
  }

  async #begin(): Promise<void> {
    const life: ConsumerLife = new ConsumerLife(
      this.#kafka,
      this.#lane,
      this.#settings.bounds,
      this.#listenerOf(() => life),
    );
    try {
      // Before it begins: the first batch may come before the promise has settled.
      this.#life = life;
      await life.begin();
      if (!this.#stopped.signal.aborted) return;
    } catch (error) {
      this.#warn('the lane cannot reach Kafka yet', error);
    }
    this.#life = undefined;
    void this.#end(life);
  }

  #listenerOf(life: () => ConsumerLife): ConsumerLifeListener {
    return {
      rebalancing: () => {
        // Best effort, on the same connection ahead of the request to join: fewer repetitions for the next owner.
        void this.#commit(life());
        this.#work.suspendCommits();
      },
      assigned: (partitions) => {
        this.#work.assign(partitions);
        this.#lags.clear();
        life().pause(partitions.filter((at) => this.#work.isFull(at)));
        life().resume(partitions.filter((at) => !this.#work.isFull(at)));
      },
      batch: (payload) => this.#take(life(), payload),
      died: (message, error) => this.#warn(`${message}; a fresh one follows`, error),
    };
  }

  #take(life: ConsumerLife, payload: EachBatchPayload): void {
    const { batch } = payload;
    const at: TopicPartition = { topic: batch.topic, partition: batch.partition };
    const records = batch.messages.map((message) => receivedRecord(at, message));
    const outcome = life.isDead ? 'refused' : this.#work.offer(at, records);
    // What was refused must be fetched again: resolving it would pass over it for good.
    if (outcome !== 'refused') {
      payload.resolveOffset(batch.lastOffset());
      this.#lags.set(`${at.topic}/${at.partition}`, Number(batch.offsetLag()));
    }
    if (outcome !== 'taken') life.pause([at]);
  }

  #commitWhenDue(life: ConsumerLife): void {
    if (this.#committing || performance.now() - this.#lastCommitMs < this.#settings.bounds.commitEveryMs) return;
    this.#lastCommitMs = performance.now();
    this.#committing = this.#commit(life).finally(() => {
      this.#committing = undefined;
    });
  }

  /** Commits low watermarks. A failure costs repetitions only: the next round tries again. */
  async #commit(life: ConsumerLife): Promise<void> {
    const commits = life.isDead ? [] : this.#work.commits();
    if (commits.length === 0) return;
    try {
      await life.commit(commits);
      this.#work.committed(commits);
    } catch (error) {
      this.#warn('offsets could not be committed', error);
    }
  }

  async #end(life: ConsumerLife): Promise<void> {
    await life.end().catch((error: unknown) => this.#warn('a consumer was left behind', error));
  }

  #warn(message: string, error?: unknown): void {
    const because = error === undefined ? {} : { because: failureOf(error) };
    this.#settings.logger.warn({ lane: this.#lane.name, group: this.#lane.group, ...because }, message);
  }
}
