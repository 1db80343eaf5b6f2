import { type DurationMs, SERVICES, TOPICS, type TopicDefinition } from '@mooring/contracts';
import { type ConsumerGroupDeclaration, deadLetterTopic, retryTopic, topicsOfTypes } from './consume/lanes.ts';
import { ensureEmbeddedTopics } from './embedded/topics.ts';
import { ensureKafkaTopics } from './kafka/topics.ts';
import type { TopicPlan } from './topic-plan.ts';
import { type BusSettings, resolveBusSettings } from './settings.ts';

/** Dead letters wait for people, and people need weeks. */
export const DEAD_LETTER_RETENTION_MS: DurationMs = 30 * 24 * 3_600_000;
/** Retry lanes promise no order, and keys run side by side within a partition. */
const LANE_PARTITIONS = 1;

export type { TopicPlan };

/** What may be said about new topics. */
export interface EnsureTopicsOptions {
  /** Kafka only; -1 leaves it to the cluster. */
  readonly replicationFactor?: number;
}

/** One consumer group for each service that consumes anything, named like it, with every type of its topics. */
export function consumerGroups(): ConsumerGroupDeclaration[] {
  const topics: readonly TopicDefinition[] = Object.values(TOPICS);
  return SERVICES.map((service) => ({
    group: service,
    types: topics.flatMap(({ consumers, types }) => (consumers.includes(service) ? [...types] : [])),
  })).filter(({ types }) => types.length > 0);
}

/** Every topic that the groups need: the main ones of the topic map, then each group's retry and dead-letter topics. */
export function planTopics(groups: readonly ConsumerGroupDeclaration[], settings: BusSettings): TopicPlan[] {
  const { retryDelaysMs, retentionMs } = resolveBusSettings(settings).bounds;
  const main = Object.values(TOPICS).map(({ name, partitions }: TopicDefinition) => ({
    name,
    partitions,
    retentionMs,
  }));
  const lanes = groups.flatMap(({ group, types }) =>
    topicsOfTypes(types).flatMap((topic) => [
      ...retryDelaysMs.map((delayMs) => ({
        name: retryTopic(topic, group, delayMs),
        partitions: LANE_PARTITIONS,
        retentionMs,
      })),
      {
        name: deadLetterTopic(topic, group),
        partitions: LANE_PARTITIONS,
        retentionMs: DEAD_LETTER_RETENTION_MS,
      },
    ]),
  );
  return [...main, ...lanes];
}

/**
 * Makes the topics that are missing; run by a command before the services. On the embedded transport it makes the
 * log's schema too. Repeating it is harmless: an existing topic is left as it is. Returns the names of the new ones.
 */
export async function ensureTopics(
  settings: BusSettings,
  groups: readonly ConsumerGroupDeclaration[],
  options: EnsureTopicsOptions = {},
): Promise<string[]> {
  const resolved = resolveBusSettings(settings);
  const plans = planTopics(groups, settings);
  return resolved.kafkaBrokers?.length
    ? ensureKafkaTopics(resolved, plans, options.replicationFactor ?? -1)
    : ensureEmbeddedTopics(resolved, plans);
}
