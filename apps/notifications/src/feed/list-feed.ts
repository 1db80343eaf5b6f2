import { MooringError } from '@mooring/contracts';
import type { Caller } from '@mooring/runtime';
import type { EnterWorkspace } from '../directory/enter-workspace.ts';
import type { Feed, FeedPage } from './ports.ts';

/** What somebody asks for. */
export interface FeedQuery {
  readonly workspaceId: string;
  readonly cursor: string | undefined;
  readonly limit: number;
}

/** A page with where the next one begins. */
export interface ListedFeed extends FeedPage {
  readonly nextCursor: string | null;
}

/** Shows a person the feed of a workspace, newest first. */
export class ListFeed {
  readonly #enterWorkspace: EnterWorkspace;
  readonly #feed: Feed;

  constructor(enterWorkspace: EnterWorkspace, feed: Feed) {
    this.#enterWorkspace = enterWorkspace;
    this.#feed = feed;
  }

  /** Throws MooringError `invalid_request` for a cursor that isn't ours. */
  async run(caller: Caller, query: FeedQuery): Promise<ListedFeed> {
    const before = query.cursor === undefined ? null : readCursor(query.cursor);
    await this.#enterWorkspace.run(caller, query.workspaceId);
    const page = await this.#feed.page(query.workspaceId, caller.subject, before, query.limit);
    const last = page.rows.at(-1);
    return { ...page, nextCursor: page.hasMore && last ? writeCursor(last.id) : null };
  }
}

const writeCursor = (id: number): string => Buffer.from(`before:${id}`).toString('base64url');

function readCursor(cursor: string): number {
  const [, id] = /^before:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (id === undefined) {
    throw new MooringError('invalid_request', {
      errors: [{ pointer: '/cursor', detail: 'is not a cursor of this list' }],
    });
  }
  return Number(id);
}
