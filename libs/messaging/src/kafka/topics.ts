import type { Admin, ITopicConfig } from 'kafkajs';
import type { ResolvedBusSettings } from '../settings.ts';
import { sleep } from '../sleep.ts';
import type { TopicPlan } from '../topic-plan.ts';
import { newKafka } from './client.ts';

const READY_TIMEOUT_MS = 30_000;
const READY_POLL_MS = 100;

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
    // kafkajs's own waiting gives up on a broker that has not heard of the new topics yet.
    if (topics.length > 0) await admin.createTopics({ topics, waitForLeaders: false, timeout: READY_TIMEOUT_MS });
    const endMs = performance.now() + READY_TIMEOUT_MS;
    for (const { name } of missing) await untilServed(admin, name, endMs);
    return missing.map(({ name }) => name);
  } finally {
    await admin.disconnect();
  }
}

/** Waits until every partition's leader answers: only then can services use the topic. */
async function untilServed(admin: Admin, topic: string, endMs: number): Promise<void> {
  for (;;) {
    try {
      await admin.fetchTopicOffsets(topic);
      return;
    } catch (error) {
      if (performance.now() > endMs) throw error;
      await sleep(READY_POLL_MS);
    }
  }
}
