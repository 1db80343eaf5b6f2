import kafkajs from 'kafkajs';
import type { BusRecord } from '../src/record.ts';

const BATCH = 1_000;
const BASELINE_TOPIC = 'bench.baseline';

/** Milliseconds that kafkajs alone takes to send these records in batches, one in flight, to a topic of its own. */
export async function bareSend(brokers: readonly string[], records: readonly BusRecord[]): Promise<number> {
  const kafka = new kafkajs.Kafka({ clientId: 'bare', brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: BASELINE_TOPIC, numPartitions: 3 }], waitForLeaders: false });
  for (;;) {
    const offsets = await admin.fetchTopicOffsets(BASELINE_TOPIC).catch(() => undefined);
    if (offsets) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await admin.disconnect();
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  const startMs = performance.now();
  for (let start = 0; start < records.length; start += BATCH) {
    const messages = records
      .slice(start, start + BATCH)
      .map(({ key, value, headers }) => ({ key, value, headers: { ...headers } }));
    await producer.sendBatch({ acks: -1, topicMessages: [{ topic: BASELINE_TOPIC, messages }] });
  }
  const tookMs = performance.now() - startMs;
  await producer.disconnect();
  return tookMs;
}
