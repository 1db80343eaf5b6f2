import type { DurationMs } from '@mooring/contracts';
import type { ReceivedRecord } from '../record.ts';
import type { BusBounds } from '../settings.ts';
import { PartitionPump } from './partition-pump.ts';
import { Slots } from './slots.ts';

/** One partition of one topic. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** A place up to which a partition is done. */
export interface PartitionCommit extends TopicPartition {
  /** The first offset that is not done. */
  readonly offset: bigint;
}

/** Does one record under the lane's bound of handlers; see PumpOptions. */
export type RecordProcess = (record: ReceivedRecord, slots: Slots) => Promise<boolean>;

const idOf = ({ topic, partition }: TopicPartition): string => `${topic}/${partition}`;

/** The pumps of the partitions that a lane's consumer owns: the same for both transports. */
export class LaneWork {
  readonly #pumps = new Map<string, { at: TopicPartition; pump: PartitionPump }>();
  /** Pumps of partitions that were lost while records were at work. */
  readonly #lost = new Set<PartitionPump>();
  readonly #slots: Slots;
  readonly #bounds: BusBounds;
  readonly #process: RecordProcess;
  readonly #onRoom: (at: TopicPartition) => void;
  #isHalted = false;
  #mayCommit = false;

  constructor(bounds: BusBounds, process: RecordProcess, onRoom: (at: TopicPartition) => void) {
    this.#bounds = bounds;
    this.#process = process;
    this.#onRoom = onRoom;
    this.#slots = new Slots(bounds.handlersInFlightMax);
  }

  get handlersInFlight(): number {
    return this.#slots.taken;
  }

  get recordsInFlight(): number {
    return [...this.#pumps.values()].reduce((sum, { pump }) => sum + pump.unfinished, 0);
  }

  get owned(): TopicPartition[] {
    return [...this.#pumps.values()].map(({ at }) => at);
  }

  /** Takes over a new assignment: what is kept goes on, what is lost starts nothing more and commits nothing. */
  assign(assignment: readonly TopicPartition[]): void {
    const kept = new Set(assignment.map(idOf));
    for (const [id, { pump }] of this.#pumps) {
      if (kept.has(id)) pump.rejoined();
      else this.#lose(id, pump);
    }
    for (const at of assignment) {
      if (!this.#pumps.has(idOf(at))) this.#pumps.set(idOf(at), { at, pump: this.#newPump(at) });
    }
    this.#mayCommit = true;
  }

  /** Between two assignments nothing may be committed. */
  suspendCommits(): void {
    this.#mayCommit = false;
  }

  /** Hands records to their partition's pump. Refused: the partition is not ours, or nothing is taken any more. */
  offer(at: TopicPartition, records: readonly ReceivedRecord[]): 'taken' | 'taken and full' | 'refused' {
    const pump = this.#pumps.get(idOf(at))?.pump;
    if (!pump || this.#isHalted) return 'refused';
    pump.offer(records);
    return pump.isFull ? 'taken and full' : 'taken';
  }

  isFull(at: TopicPartition): boolean {
    return this.#isHalted || (this.#pumps.get(idOf(at))?.pump.isFull ?? true);
  }

  /** Where the next fetch of a partition begins; undefined before its first one. */
  nextOffset(at: TopicPartition): bigint | undefined {
    return this.#pumps.get(idOf(at))?.pump.next;
  }

  /** The low watermarks that have moved since they were last committed. */
  commits(): PartitionCommit[] {
    if (!this.#mayCommit) return [];
    return [...this.#pumps.values()].flatMap(({ at, pump }) => {
      const offset = pump.commitOffset();
      return offset === undefined ? [] : [{ ...at, offset }];
    });
  }

  committed(commits: readonly PartitionCommit[]): void {
    for (const commit of commits) this.#pumps.get(idOf(commit))?.pump.committed(commit.offset);
  }

  /** Takes nothing more and starts nothing more. */
  halt(): void {
    this.#isHalted = true;
    this.#pumps.forEach(({ pump }) => pump.halt());
  }

  /** Resolves true when no handler is at work, false after `deadlineMs`. */
  async idle(deadlineMs: DurationMs): Promise<boolean> {
    const all = [...[...this.#pumps.values()].map(({ pump }) => pump), ...this.#lost];
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), deadlineMs);
    });
    const idle = Promise.all(all.map((pump) => pump.idle())).then(() => true);
    return Promise.race([idle, late]).finally(() => clearTimeout(timer));
  }

  #lose(id: string, pump: PartitionPump): void {
    this.#pumps.delete(id);
    pump.halt();
    this.#lost.add(pump);
    void pump.idle().then(() => this.#lost.delete(pump));
  }

  #newPump(at: TopicPartition): PartitionPump {
    return new PartitionPump({
      process: (record) => this.#process(record, this.#slots),
      inFlightMax: this.#bounds.partitionInFlightMax,
      aheadMax: this.#bounds.partitionAheadMax,
      onRoom: () => this.#onRoom(at),
    });
  }
}
