import type { Caller } from '@mooring/runtime';
import { Clock } from '@mooring/runtime/clock';
import { Injectable } from '@nestjs/common';
import { WorkspaceAccess } from '../access/workspace-access.ts';
import { Transactions } from '../storage/ports.ts';
import type { HistoryEntryView, HistoryPage } from './connection-history.dto.ts';
import type { PageQuery } from './connections.dto.ts';
import { CURSOR_MEMBERS, decodeCursor, encodeCursor } from './cursor.ts';
import type { HistoryEntry, HistoryPosition } from './ports.ts';
import { visibleConnection } from './visible-connection.ts';

const POSITION = { occurredAt: CURSOR_MEMBERS.instant, id: CURSOR_MEMBERS.uuid };

function viewOfEntry(entry: HistoryEntry): HistoryEntryView {
  const { id, kind, summary, bySubject, byName, onBehalfOfWorkspace } = entry;
  const by = bySubject === null ? null : { subject: bySubject, name: byName };
  return { id, kind, occurredAt: entry.occurredAt.toISOString(), summary, by, onBehalfOfWorkspace };
}

/** What happened to a connection, the newest first. */
@Injectable()
export class ListHistory {
  constructor(
    private readonly transactions: Transactions,
    private readonly access: WorkspaceAccess,
    private readonly clock: Clock,
  ) {}

  async run(caller: Caller, connectionId: string, { cursor, limit }: PageQuery): Promise<HistoryPage> {
    const after = decodeCursor<HistoryPosition>(cursor, POSITION);
    const { workspace } = await this.access.enterConnection(caller, connectionId);
    const found = await this.transactions.inWorkspace(workspace.id, async (stores) => {
      await visibleConnection(stores, connectionId);
      return stores.connections.history(connectionId, { after, limit: limit + 1, now: this.clock.now() });
    });
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    const hasMore = found.length > limit;
    const next = hasMore && last ? { occurredAt: last.occurredAt.toISOString(), id: last.id } : null;
    return { data: shown.map(viewOfEntry), nextCursor: next && encodeCursor(next), hasMore };
  }
}
