import kafkajs, { type Kafka, type Producer, type TopicMessages } from 'kafkajs';
import { failureOf } from '../consume/failure.ts';
import { BusUnavailableError, RecordRejectedError } from '../errors.ts';
import type { BusProducer, BusRecord } from '../record.ts';
import type { BusBounds } from '../settings.ts';
import { withinTime } from '../sleep.ts';

/** What a broker answers when it refuses records for what they are. */
const REJECTIONS = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TOPIC_EXCEPTION',
  'CORRUPT_MESSAGE',
  'INVALID_TIMESTAMP',
]);

/**
 * Plain mode (acks from all in-sync replicas, no idempotence), one send in flight: with kafkajs's idempotent mode
 * an event was acknowledged and missing after a broker froze.
 */
export class KafkaProducer implements BusProducer {
  readonly #kafka: Kafka;
  readonly #sendTimeoutMs: number;
  readonly #closeTimeoutMs: number;
  #producer: Producer | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(kafka: Kafka, bounds: BusBounds) {
    this.#kafka = kafka;
    this.#closeTimeoutMs = bounds.requestTimeoutMs;
    // Connecting, every try and the waits between them; what lasts longer is hanging.
    this.#sendTimeoutMs = (bounds.sendRetries + 1) * (bounds.connectTimeoutMs + bounds.requestTimeoutMs) + 2_000;
  }

  async connect(): Promise<void> {
    await this.#inTurn(() => this.#connected());
  }

  async send(records: readonly BusRecord[]): Promise<void> {
    if (records.length === 0) return;
    await this.#inTurn(async () => {
      const producer = await this.#connected();
      await producer.sendBatch({ acks: -1, topicMessages: topicMessagesOf(records) });
    });
  }

  async close(): Promise<void> {
    await this.#last.catch(() => undefined);
    await this.#drop();
  }

  /** Runs one operation after another, each bounded; a failed one leaves a fresh start to the next. */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => {
      try {
        const late = (): Error => new BusUnavailableError(`no answer from Kafka within ${this.#sendTimeoutMs} ms`);
        return await withinTime(work(), this.#sendTimeoutMs, late);
      } catch (error) {
        const outcome = busErrorOf(error);
        if (outcome instanceof BusUnavailableError) void this.#drop();
        throw outcome;
      }
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #connected(): Promise<Producer> {
    if (this.#producer) return this.#producer;
    const producer = this.#kafka.producer({
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      allowAutoTopicCreation: false,
      idempotent: false,
      maxInFlightRequests: 1,
    });
    await producer.connect();
    this.#producer = producer;
    return producer;
  }

  async #drop(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    if (!producer) return;
    const late = (): Error => new BusUnavailableError('the producer did not disconnect in time');
    await withinTime(producer.disconnect(), this.#closeTimeoutMs, late).catch(() => undefined);
  }
}

function topicMessagesOf(records: readonly BusRecord[]): TopicMessages[] {
  const byTopic = new Map<string, TopicMessages['messages']>();
  for (const { topic, key, keyBytes, value, headers } of records) {
    const messages = byTopic.get(topic) ?? [];
    messages.push({ key: keyBytes ?? key, value, headers: { ...headers } });
    byTopic.set(topic, messages);
  }
  return [...byTopic].map(([topic, messages]) => ({ topic, messages }));
}

function busErrorOf(error: unknown): Error {
  if (error instanceof BusUnavailableError || error instanceof RecordRejectedError) return error;
  const { type, cause } = error as { type?: string; cause?: { type?: string } };
  const { errorClass, message } = failureOf(error);
  const rejection = [type, cause?.type].find((name) => name !== undefined && REJECTIONS.has(name));
  return rejection
    ? new RecordRejectedError(`Kafka refused the records: ${rejection}`)
    : new BusUnavailableError(`${errorClass}: ${message}`);
}
