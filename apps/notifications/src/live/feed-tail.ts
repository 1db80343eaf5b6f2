import type { WholeFeed } from '../feed/ports.ts';
import type { LiveListeners } from './live-listeners.ts';

const ROWS_MAX = 500;

/** The one reader of the feed for all listeners of this replica. */
export class FeedTail {
  readonly #feed: WholeFeed;
  readonly #listeners: LiveListeners;
  #position = 0;
  #starting: Promise<void> | undefined;

  constructor(feed: WholeFeed, listeners: LiveListeners) {
    this.#feed = feed;
    this.#listeners = listeners;
  }

  /** The last row that was handed on; every later one will be. */
  get position(): number {
    return this.#position;
  }

  /** Begins once, however many ask at once: a second look at the feed could pass over what came after the first. */
  async start(): Promise<void> {
    this.#starting ??= this.#begin();
    await this.#starting.catch((error: unknown) => {
      this.#starting = undefined;
      throw error;
    });
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

  async #begin(): Promise<void> {
    this.#position = await this.#feed.start();
  }
}
