import { type FeedRow, WholeFeed } from '../feed/ports.ts';
import { FeedTail } from './feed-tail.ts';
import { LiveListeners } from './live-listeners.ts';

/** A feed that grows by a row with every look at its end. */
class GrowingFeed extends WholeFeed {
  #end = 0;
  start(): Promise<number> {
    this.#end += 1;
    return Promise.resolve(this.#end);
  }
  after(): Promise<readonly FeedRow[]> {
    return Promise.resolve([]);
  }
  markDelivered(): Promise<void> {
    return Promise.resolve();
  }
  sweep(): Promise<number> {
    return Promise.resolve(0);
  }
}

/** A feed that can't be reached at first. */
class LateFeed extends GrowingFeed {
  #isThere = false;
  override start(): Promise<number> {
    if (this.#isThere) return super.start();
    this.#isThere = true;
    return Promise.reject(new Error('not yet'));
  }
}

describe('the tail of the feed', () => {
  it('L-24 begins in one place though the loop and the first listener start it at once', async () => {
    const tail = new FeedTail(new GrowingFeed(), new LiveListeners());
    await Promise.all([tail.run(), tail.start()]);
    expect(tail.position).toBe(1);
  });

  it('begins later where the feed could not be reached', async () => {
    const tail = new FeedTail(new LateFeed(), new LiveListeners());
    await expect(tail.start()).rejects.toThrow('not yet');
    await tail.start();
    expect(tail.position).toBe(1);
  });
});
