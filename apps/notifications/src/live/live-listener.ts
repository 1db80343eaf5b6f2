import type { FeedRow } from '../feed/ports.ts';
import { HEARTBEAT, liveMessage, readyMessage, resetMessage } from './live-message.ts';
import type { EventSink } from './ports.ts';

/** Bounds of one listener. */
export interface ListenerBounds {
  /** Bytes that may wait for a slow listener; above it the stream is closed, and the listener resumes when it can. */
  readonly bufferBytesMax: number;
  /** Rows that may come in while what was missed is read. */
  readonly heldRowsMax: number;
}

/**
 * One listener of the live stream. What the tail offers before {@link begin} is held, so that nothing falls between what was
 * missed and what comes; ids that were sent are never sent again.
 */
export class LiveListener {
  readonly #sink: EventSink;
  readonly #bounds: ListenerBounds;
  #held: FeedRow[] | null = [];
  #lastId = 0;

  constructor(sink: EventSink, bounds: ListenerBounds) {
    this.#sink = sink;
    this.#bounds = bounds;
  }

  /** Takes a row from the tail. */
  offer(row: FeedRow): void {
    if (!this.#held) return this.#send(row);
    if (this.#held.length >= this.#bounds.heldRowsMax) return this.#sink.close();
    this.#held.push(row);
  }

  /** Begins after `id`: first what was missed, then what was held. */
  begin(id: number, missed: readonly FeedRow[]): void {
    this.#lastId = id;
    this.#write(readyMessage(id));
    this.#release(missed);
  }

  /** Begins afresh at `id`, since there is a gap that can't be filled. */
  beginAfresh(id: number): void {
    this.#lastId = id;
    this.#write(resetMessage(id));
    this.#release([]);
  }

  heartbeat(): void {
    this.#write(HEARTBEAT);
  }

  close(): void {
    this.#sink.close();
  }

  #release(missed: readonly FeedRow[]): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const row of [...missed, ...held]) this.#send(row);
  }

  #send(row: FeedRow): void {
    if (row.id <= this.#lastId) return;
    this.#lastId = row.id;
    this.#write(liveMessage(row));
  }

  #write(text: string): void {
    if (this.#sink.backlogBytes > this.#bounds.bufferBytesMax) return this.#sink.close();
    this.#sink.send(text);
  }
}
