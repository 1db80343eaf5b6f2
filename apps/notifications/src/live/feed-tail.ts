import type { WholeFeed } from '../feed/ports.ts';
import type { LiveListeners } from './live-listeners.ts';

const ROWS_MAX = 500;

/** The one reader of the feed for all listeners of this replica. */
export class FeedTail {
  readonly #feed: WholeFeed;
  readonly #listeners: LiveListeners;
  #position = 0;
  #started = false;

  constructor(feed: WholeFeed, listeners: LiveListeners) {
    this.#feed = feed;
    this.#listeners = listeners;
  }

  /** The last row that was handed on; every later one will be. */
  get position(): number {
    return this.#position;
  }

  async start(): Promise<void> {
    if (this.#started) return;
    this.#position = await this.#feed.start();
    this.#started = true;
  }

  /** Hands on what is new; answers whether more may be there already. */
  async run(): Promise<boolean> {
    await this.start();
    const found = await this.#feed.after(this.#position, ROWS_MAX);
    for (const row of found) {
      this.#listeners.broadcast(row);
      this.#position = row.id;
    }
    const owed = found.filter((row) => row.kind !== 'connection').map((row) => row.id);
    if (owed.length > 0) await this.#feed.markDelivered(owed);
    return found.length === ROWS_MAX;
  }
}
