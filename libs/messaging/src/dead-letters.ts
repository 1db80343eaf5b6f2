import { TOPICS, type TopicDefinition } from '@mooring/contracts';
import { deadLetterTopic, retryTopic } from './consume/lanes.ts';
import { retryStateOf, withRetryState } from './consume/retry-headers.ts';
import { EmbeddedTopicReader } from './embedded/topic-reader.ts';
import { KafkaTopicReader } from './kafka/topic-reader.ts';
import type { ReceivedRecord } from './record.ts';
import { type BusSettings, type ResolvedBusSettings, resolveBusSettings } from './settings.ts';
import type { TopicReader } from './topic-reader.ts';

const REPLAYED_FROM = 'mooring_replayed_from';
const REPLAYED_AT = 'mooring_replayed_at';

/** An event that a group gave up on. */
export interface DeadLetter {
  /** `<topic>/<partition>/<offset>` of the dead-letter topic. */
  readonly id: string;
  readonly group: string;
  /** The topic it was published on. */
  readonly topic: string;
  readonly originalPartition: number;
  readonly originalOffset: string;
  readonly key: string | null;
  /** CloudEvents attributes as far as the record has them: poison may have none. */
  readonly eventId: string | undefined;
  readonly type: string | undefined;
  readonly subject: string | undefined;
  readonly workspaceId: string | undefined;
  readonly time: string | undefined;
  readonly attempts: number;
  readonly errorClass: string;
  readonly errorMessage: string;
  /** When it was last sent back to the group, if it was. */
  readonly replayedAt: string | undefined;
}

/** A dead letter with what it carries. */
export interface DeadLetterDetail extends DeadLetter {
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Buffer;
}

/** Which dead letters. */
export interface DeadLetterFilter {
  readonly group?: string;
  readonly type?: string;
  /** Also those that were already sent back; left out by default. */
  readonly includeReplayed?: boolean;
}

interface Located {
  readonly record: ReceivedRecord;
  readonly letter: DeadLetter;
}

/** Lists, shows and replays dead letters, on either transport. */
export class DeadLetters {
  readonly #settings: ResolvedBusSettings;
  readonly #reader: TopicReader;

  constructor(settings: BusSettings) {
    this.#settings = resolveBusSettings(settings);
    this.#reader = this.#settings.kafkaBrokers?.length
      ? new KafkaTopicReader(this.#settings)
      : new EmbeddedTopicReader(this.#settings);
  }

  /** The dead letters that match, oldest first per topic. */
  async list(filter: DeadLetterFilter = {}): Promise<DeadLetter[]> {
    return (await this.#find(filter)).map(({ letter }) => letter);
  }

  /** One dead letter with its headers and value; undefined when there is none of this id. */
  async inspect(id: string): Promise<DeadLetterDetail | undefined> {
    const [found] = (await this.#find({ includeReplayed: true })).filter(({ letter }) => letter.id === id);
    return found && { ...found.letter, headers: found.record.headers, value: found.record.value };
  }

  /**
   * Sends dead letters back to the group that failed, and to it alone: through its first retry lane, due at once,
   * with all lanes before them again. Ids that name nothing are passed over. Returns what was sent.
   */
  async replay(ids: readonly string[]): Promise<DeadLetter[]> {
    const [firstDelayMs] = this.#settings.bounds.retryDelaysMs;
    if (firstDelayMs === undefined) throw new RangeError('replaying needs at least one retry lane');
    const wanted = new Set(ids);
    const found = (await this.#find({ includeReplayed: true })).filter(({ letter }) => wanted.has(letter.id));
    for (const { record, letter } of found) {
      const state = { ...retryStateOf(record), attempt: 1, notBeforeMs: Date.now() };
      const headers = withRetryState(record.headers, state, { errorClass: 'replayed', message: '' });
      const { key, keyBytes, value } = record;
      const copy = { key, ...(keyBytes ? { keyBytes } : {}), value };
      const marker = { ...record.headers, [REPLAYED_FROM]: letter.id, [REPLAYED_AT]: new Date().toISOString() };
      await this.#reader.producer.send([
        { ...copy, topic: retryTopic(letter.topic, letter.group, firstDelayMs), headers },
        // A log can't be changed: a copy beside the letter says that it has been sent back.
        { ...copy, topic: record.topic, headers: marker },
      ]);
    }
    return found.map(({ letter }) => letter);
  }

  async close(): Promise<void> {
    await this.#reader.close();
  }

  async #find(filter: DeadLetterFilter): Promise<Located[]> {
    const found: Located[] = [];
    for (const { name, topic, group } of deadLetterTopics(await this.#reader.topics())) {
      if (filter.group !== undefined && filter.group !== group) continue;
      const records = await this.#reader.readAll(name);
      const replayedAt = new Map(records.map(({ headers }) => [headers[REPLAYED_FROM], headers[REPLAYED_AT]]));
      const letters = records
        .filter(({ headers }) => headers[REPLAYED_FROM] === undefined)
        .map((record) => ({ record, letter: deadLetterOf(record, { topic, group }, replayedAt) }));
      found.push(...letters);
    }
    return found.filter(
      ({ letter }) =>
        (filter.type === undefined || letter.type === filter.type) &&
        (filter.includeReplayed === true || letter.replayedAt === undefined),
    );
  }
}

function deadLetterOf(
  record: ReceivedRecord,
  origin: { topic: string; group: string },
  replayedAt: ReadonlyMap<string | undefined, string | undefined>,
): DeadLetter {
  const { headers } = record;
  const state = retryStateOf(record);
  const id = `${record.topic}/${record.partition}/${record.offset}`;
  return {
    id,
    ...origin,
    originalPartition: state.originalPartition,
    originalOffset: state.originalOffset,
    key: record.key,
    eventId: headers['ce_id'],
    type: headers['ce_type'],
    subject: headers['ce_subject'],
    workspaceId: headers['ce_workspaceid'],
    time: headers['ce_time'],
    attempts: state.attempt,
    errorClass: headers['mooring_error_class'] ?? 'unknown',
    errorMessage: headers['mooring_error_message'] ?? '',
    replayedAt: replayedAt.get(id),
  };
}

function deadLetterTopics(names: readonly string[]): { name: string; topic: string; group: string }[] {
  const mainTopics = Object.values(TOPICS).map(({ name }: TopicDefinition) => name);
  return names.flatMap((name) => {
    const topic = mainTopics.find((main) => name.startsWith(`${main}.`));
    const group = topic && name.endsWith('.dlq') ? name.slice(topic.length + 1, -'.dlq'.length) : '';
    return topic && group && deadLetterTopic(topic, group) === name ? [{ name, topic, group }] : [];
  });
}
