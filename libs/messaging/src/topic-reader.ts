import type { BusProducer, ReceivedRecord } from './record.ts';

/** Reads whole topics outside any consumer group; for tools, not for services. */
export interface TopicReader {
  readonly producer: BusProducer;
  topics(): Promise<string[]>;
  /** What the topic holds now, in the order of each partition. */
  readAll(topic: string): Promise<ReceivedRecord[]>;
  close(): Promise<void>;
}
