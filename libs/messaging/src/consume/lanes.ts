import { type DurationMs, type EventType, topicOfType } from '@mooring/contracts';

/** A group that consumes, and the event types it handles. */
export interface ConsumerGroupDeclaration {
  readonly group: string;
  readonly types: readonly EventType[];
}

/** One stream of a group with a consumer of its own, so that a slow lane holds up nobody else. */
export interface Lane {
  /** `main`, or `retry.<delay>`. */
  readonly name: string;
  readonly group: string;
  /** The group id by which the transport knows the lane's consumers. */
  readonly consumerGroup: string;
  readonly topics: readonly string[];
}

/** A delay as it stands in topic names: `10s`, `1m`, `10m`, `250ms`. */
export function delayLabel(delayMs: DurationMs): string {
  if (delayMs >= 60_000 && delayMs % 60_000 === 0) return `${delayMs / 60_000}m`;
  if (delayMs >= 1_000 && delayMs % 1_000 === 0) return `${delayMs / 1_000}s`;
  return `${delayMs}ms`;
}

/** The topic on which a group's failed events wait for `delayMs`. */
export const retryTopic = (topic: string, group: string, delayMs: DurationMs): string =>
  `${topic}.${group}.retry.${delayLabel(delayMs)}`;

/** The topic of what a group has given up on. */
export const deadLetterTopic = (topic: string, group: string): string => `${topic}.${group}.dlq`;

/** The topics, without lanes, that carry these types. */
export function topicsOfTypes(types: readonly EventType[]): string[] {
  return [...new Set(types.map((type) => topicOfType(type).name))].sort();
}

/** The lanes of a group: main, then one per retry delay. */
export function lanesOf(declaration: ConsumerGroupDeclaration, retryDelaysMs: readonly DurationMs[]): Lane[] {
  const { group } = declaration;
  const topics = topicsOfTypes(declaration.types);
  return [
    { name: 'main', group, consumerGroup: group, topics },
    ...retryDelaysMs.map((delayMs) => ({
      name: `retry.${delayLabel(delayMs)}`,
      group,
      consumerGroup: `${group}.retry.${delayLabel(delayMs)}`,
      topics: topics.map((topic) => retryTopic(topic, group, delayMs)),
    })),
  ];
}
