import { Kafka, logLevel } from 'kafkajs';

/** One record as any client reads it. */
export interface RecordSeen {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

const GIVE_UP_MS = 30_000;

/** Reads every topic of Mooring from its beginning to where it ends now, with a client that knows nothing of Mooring. */
export async function readEveryRecord(brokers: readonly string[]): Promise<RecordSeen[]> {
  const kafka = new Kafka({ clientId: 'stranger', brokers: [...brokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const topics = (await admin.listTopics()).filter((topic) => topic.startsWith('mooring.'));
  const missing = new Map<string, number>();
  for (const topic of topics) {
    for (const { partition, high, low } of await admin.fetchTopicOffsets(topic)) {
      const count = Number(high) - Number(low);
      if (count > 0) missing.set(`${topic}/${partition}`, Number(high));
    }
  }
  await admin.disconnect();
  const records: RecordSeen[] = [];
  if (missing.size === 0) return records;
  const consumer = kafka.consumer({ groupId: `stranger-${Date.now()}` });
  await consumer.connect();
  await consumer.subscribe({
    topics: [...new Set([...missing.keys()].map((each) => each.slice(0, each.lastIndexOf('/'))))],
    fromBeginning: true,
  });
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('not every record could be read in time')), GIVE_UP_MS);
      const run = consumer.run({
        autoCommit: false,
        eachMessage: ({ topic, partition, message }) => {
          const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)]);
          records.push({
            topic,
            key: message.key?.toString('utf8') ?? '',
            value: message.value?.toString('utf8') ?? '',
            headers: Object.fromEntries(headers) as Record<string, string>,
          });
          const place = `${topic}/${partition}`;
          if (Number(message.offset) + 1 >= (missing.get(place) ?? 0)) missing.delete(place);
          if (missing.size === 0) {
            clearTimeout(timer);
            resolve();
          }
          return Promise.resolve();
        },
      });
      run.catch(reject);
    });
    return records;
  } finally {
    await consumer.disconnect();
  }
}
