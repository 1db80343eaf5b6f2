import { STATUSES } from '@mooring/contracts';
import type { Caller } from '@mooring/runtime';
import { Clock } from '@mooring/runtime/clock';
import { Injectable } from '@nestjs/common';
import { WorkspaceAccess } from '../access/workspace-access.ts';
import { Transactions } from '../storage/ports.ts';
import { viewOf } from './connection-views.ts';
import type { ConnectionPage, ConnectionsQuery } from './connections.dto.ts';
import { CURSOR_MEMBERS, decodeCursor, encodeCursor } from './cursor.ts';
import type { ListPosition } from './ports.ts';

const { integer, text, uuid } = CURSOR_MEMBERS;
const POSITION = { rank: integer, deadlineMs: integer, platform: text, name: text, id: uuid };
/** What is shown where no status is asked for. */
const PRESENT = STATUSES.filter((status) => status !== 'disconnected');

/** Connections of a workspace, what needs attention first. */
@Injectable()
export class ListConnections {
  constructor(
    private readonly transactions: Transactions,
    private readonly access: WorkspaceAccess,
    private readonly clock: Clock,
  ) {}

  async run(caller: Caller, workspaceId: string, query: ConnectionsQuery): Promise<ConnectionPage> {
    const after = decodeCursor<ListPosition>(query.cursor, POSITION);
    const now = this.clock.now();
    const found = await this.transactions.inWorkspace(workspaceId, async (stores) => {
      await this.access.enterWithin(stores, caller, workspaceId);
      const filter = {
        statuses: query.status ?? PRESENT,
        platforms: query.platform ?? null,
        search: query.search ?? null,
      };
      // One more than asked says whether there is a next page.
      return stores.connections.page(filter, { after, limit: query.limit + 1, now });
    });
    const shown = found.slice(0, query.limit);
    const hasMore = found.length > query.limit;
    const last = shown.at(-1);
    return {
      data: shown.map(({ connection }) => viewOf(connection, now)),
      nextCursor: hasMore && last ? encodeCursor(last.position) : null,
      hasMore,
    };
  }
}
