import type { ReceivedRecord } from '../record.ts';

/** What a pump needs from its lane. */
export interface PumpOptions {
  /** Does one record; true when it is done for good, false when it was left for whoever owns the partition next. */
  readonly process: (record: ReceivedRecord) => Promise<boolean>;
  readonly inFlightMax: number;
  readonly aheadMax: number;
  /** Called when a pump that was full has room again. */
  readonly onRoom: () => void;
}

/**
 * Works one partition: one chain per key, chains side by side, and a low watermark behind all of them. Records are
 * taken and not awaited, so that a slow one costs only its own key; what is taken and not done is bounded.
 */
export class PartitionPump {
  readonly #options: PumpOptions;
  readonly #chains = new Map<string | symbol, ReceivedRecord[]>();
  /** Offsets taken and not done, in the order of the partition: the first one is the low watermark. */
  readonly #unfinished = new Set<bigint>();
  #next: bigint | undefined;
  #committed: bigint | undefined;
  #isFresh = false;
  #isHalted = false;
  #running = 0;
  #idle: (() => void)[] = [];
  #wasFull = false;

  constructor(options: PumpOptions) {
    this.#options = options;
  }

  get unfinished(): number {
    return this.#unfinished.size;
  }

  /** The next offset that hasn't been taken. */
  get next(): bigint | undefined {
    return this.#next;
  }

  get isFull(): boolean {
    const [first] = this.#unfinished;
    const ahead = first === undefined || this.#next === undefined ? 0n : this.#next - first;
    this.#wasFull = this.#unfinished.size >= this.#options.inFlightMax || ahead >= BigInt(this.#options.aheadMax);
    return this.#wasFull;
  }

  /** Takes records in the order of the partition. What was taken before is passed over: fetching may start again lower. */
  offer(records: readonly ReceivedRecord[]): void {
    const [first] = records;
    if (!first || this.#isHalted) return;
    if (!this.#isFresh) {
      this.#isFresh = true;
      this.#committed = first.offset;
    }
    for (const record of records) {
      if (this.#next !== undefined && record.offset < this.#next) continue;
      this.#next = record.offset + 1n;
      this.#unfinished.add(record.offset);
      this.#enqueue(record);
    }
  }

  /**
   * The offset to commit, or undefined when there is nothing new. Never lower than where the last fetch began:
   * another member may have gone on from there, and a commit would rewind it.
   */
  commitOffset(): bigint | undefined {
    if (!this.#isFresh || this.#committed === undefined) return undefined;
    const [first] = this.#unfinished;
    const watermark = first ?? this.#next;
    return watermark !== undefined && watermark > this.#committed ? watermark : undefined;
  }

  committed(offset: bigint): void {
    if (this.#committed === undefined || offset > this.#committed) this.#committed = offset;
  }

  /** The group has been formed anew and this partition was kept: no commit until fetching has told where it starts. */
  rejoined(): void {
    this.#isFresh = false;
  }

  /** Starts no further record; those at work go on. */
  halt(): void {
    this.#isHalted = true;
    this.#chains.forEach((queue) => queue.splice(0));
  }

  /** Resolves when no record is at work. */
  async idle(): Promise<void> {
    if (this.#running === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #enqueue(record: ReceivedRecord): void {
    const key = record.key ?? Symbol('no key');
    const queue = this.#chains.get(key);
    if (queue) {
      queue.push(record);
      return;
    }
    const fresh = [record];
    this.#chains.set(key, fresh);
    void this.#runChain(key, fresh);
  }

  async #runChain(key: string | symbol, queue: ReceivedRecord[]): Promise<void> {
    this.#running += 1;
    for (let record = queue.shift(); record; record = queue.shift()) {
      const isDone = await this.#options.process(record);
      if (isDone) this.#finish(record.offset);
      else queue.splice(0);
    }
    this.#chains.delete(key);
    this.#running -= 1;
    if (this.#running === 0) this.#idle.splice(0).forEach((resolve) => resolve());
  }

  #finish(offset: bigint): void {
    const wasFull = this.#wasFull;
    this.#unfinished.delete(offset);
    // Half empty, not just one free: pausing and resuming cost a fetch each.
    if (wasFull && this.#unfinished.size <= this.#options.inFlightMax / 2 && !this.isFull) this.#options.onRoom();
  }
}
