import type { Caller } from '@mooring/runtime';
import type { EnterWorkspace } from '../directory/enter-workspace.ts';
import type { Feed } from './ports.ts';

/** Notes up to which row a person has read the feed; never back. */
export class MarkFeedRead {
  readonly #enterWorkspace: EnterWorkspace;
  readonly #feed: Feed;

  constructor(enterWorkspace: EnterWorkspace, feed: Feed) {
    this.#enterWorkspace = enterWorkspace;
    this.#feed = feed;
  }

  /** Answers how many rows are unread then. */
  async run(caller: Caller, workspaceId: string, upTo: number): Promise<number> {
    await this.#enterWorkspace.run(caller, workspaceId);
    return this.#feed.markRead(workspaceId, caller.subject, upTo);
  }
}
