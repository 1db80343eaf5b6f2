import { randomUUID } from 'node:crypto';
import type { Admin, Batch, Kafka } from 'kafkajs';
import type { ReceivedRecord } from '../record.ts';
import type { ResolvedBusSettings } from '../settings.ts';
import { withinTime } from '../sleep.ts';
import type { TopicReader } from '../topic-reader.ts';
import { newKafka } from './client.ts';
import { KafkaProducer } from './producer.ts';
import { receivedRecord } from './received-record.ts';

const READ_TIMEOUT_MS = 60_000;

/** Reads topics of a Kafka cluster, each through a group of its own that is deleted afterwards. */
export class KafkaTopicReader implements TopicReader {
  readonly producer: KafkaProducer;
  readonly #kafka: Kafka;
  #admin: Admin | undefined;

  constructor(settings: ResolvedBusSettings) {
    this.#kafka = newKafka(settings);
    this.producer = new KafkaProducer(this.#kafka, settings.bounds);
  }

  async topics(): Promise<string[]> {
    return (await (await this.#connectedAdmin()).listTopics()).sort();
  }

  async readAll(topic: string): Promise<ReceivedRecord[]> {
    const admin = await this.#connectedAdmin();
    const ends = (await admin.fetchTopicOffsets(topic)).filter(({ high, low }) => BigInt(high) > BigInt(low));
    if (ends.length === 0) return [];
    const groupId = `mooring-reader-${randomUUID()}`;
    const consumer = this.#kafka.consumer({ groupId, maxWaitTimeInMs: 200 });
    const missing = new Map(ends.map(({ partition, high }) => [partition, BigInt(high)]));
    const records: ReceivedRecord[] = [];
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      const whole = new Promise<void>((resolve, reject) => {
        const eachBatch = ({ batch }: { batch: Batch }): Promise<void> => {
          const end = missing.get(batch.partition);
          const taken = batch.messages.filter(({ offset }) => end !== undefined && BigInt(offset) < end);
          records.push(...taken.map((message) => receivedRecord(batch, message)));
          if (end !== undefined && BigInt(batch.lastOffset()) + 1n >= end) missing.delete(batch.partition);
          if (missing.size === 0) resolve();
          return Promise.resolve();
        };
        consumer.run({ autoCommit: false, eachBatch }).catch(reject);
      });
      await withinTime(whole, READ_TIMEOUT_MS, () => new Error(`topic ${topic} could not be read in time`));
    } finally {
      await consumer.disconnect();
    }
    await admin.deleteGroups([groupId]).catch(() => undefined);
    return records.sort((a, b) => a.partition - b.partition || Number(a.offset - b.offset));
  }

  async close(): Promise<void> {
    await this.producer.close();
    await this.#admin?.disconnect();
  }

  async #connectedAdmin(): Promise<Admin> {
    if (!this.#admin) {
      const admin = this.#kafka.admin();
      await admin.connect();
      this.#admin = admin;
    }
    return this.#admin;
  }
}
