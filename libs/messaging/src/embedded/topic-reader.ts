import type { Pool } from 'pg';
import type { ReceivedRecord } from '../record.ts';
import type { ResolvedBusSettings } from '../settings.ts';
import type { TopicReader } from '../topic-reader.ts';
import { newLogPool } from './database.ts';
import { readHeads, readLog } from './log-reader.ts';
import { EmbeddedProducer } from './producer.ts';

const READ_RECORDS_MAX = 500;

/** Reads topics of the event log. */
export class EmbeddedTopicReader implements TopicReader {
  readonly producer: EmbeddedProducer;
  readonly #pool: Pool;

  constructor(settings: ResolvedBusSettings) {
    this.#pool = newLogPool(settings);
    this.producer = new EmbeddedProducer(this.#pool);
  }

  async topics(): Promise<string[]> {
    const { rows } = await this.#pool.query<{ name: string }>('SELECT name FROM bus.topic ORDER BY name');
    return rows.map(({ name }) => name);
  }

  async readAll(topic: string): Promise<ReceivedRecord[]> {
    const all: ReceivedRecord[] = [];
    for (const head of await readHeads(this.#pool, [topic])) {
      let offset = 0n;
      while (offset < head.offset) {
        const records = await readLog(this.#pool, [{ ...head, offset }], READ_RECORDS_MAX);
        const last = records.at(-1);
        if (!last) break;
        all.push(...records);
        offset = last.offset + 1n;
      }
    }
    return all;
  }

  async close(): Promise<void> {
    await this.producer.close();
    await this.#pool.end();
  }
}
