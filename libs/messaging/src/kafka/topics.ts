import type { ITopicConfig } from 'kafkajs';
import type { ResolvedBusSettings } from '../settings.ts';
import type { TopicPlan } from '../topic-plan.ts';
import { newKafka } from './client.ts';

/** Creates on a Kafka cluster what is missing of the planned topics; returns the names of the new ones. */
export async function ensureKafkaTopics(
  settings: ResolvedBusSettings,
  plans: readonly TopicPlan[],
  replicationFactor: number,
): Promise<string[]> {
  const admin = newKafka(settings).admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = plans.filter(({ name }) => !existing.has(name));
    const topics = missing.map(({ name, partitions, retentionMs }): ITopicConfig => ({
      topic: name,
      numPartitions: partitions,
      replicationFactor,
      configEntries: [{ name: 'retention.ms', value: String(retentionMs) }],
    }));
    // Waiting for leaders is what makes the topics usable when the command returns.
    if (topics.length > 0) await admin.createTopics({ topics, waitForLeaders: true, timeout: 30_000 });
    return missing.map(({ name }) => name);
  } finally {
    await admin.disconnect();
  }
}
