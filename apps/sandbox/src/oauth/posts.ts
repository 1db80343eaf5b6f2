import type { PostRecord } from './state.ts';
import type { OAuthWorld } from './world.ts';

const POSTS_MAX = 5_000;

/** What was published on the platform. */
export class PostBook {
  readonly #world: OAuthWorld;

  constructor(world: OAuthWorld) {
    this.#world = world;
  }

  /** `makeId` makes the platform's id of a serial number. */
  add(post: Pick<PostRecord, 'accountId' | 'personId' | 'text'>, makeId: (serial: number) => string): PostRecord {
    const { state, clock } = this.#world;
    state.serial += 1;
    const record = { ...post, id: makeId(state.serial), createdAtMs: clock.nowMs() };
    state.posts.push(record);
    if (state.posts.length > POSTS_MAX) state.posts.shift();
    this.#world.changed();
    return record;
  }

  /** Newest first. */
  of(accountId: string): PostRecord[] {
    return this.#world.state.posts.filter((post) => post.accountId === accountId).reverse();
  }
}
