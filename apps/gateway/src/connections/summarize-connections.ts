import type { Caller } from '@mooring/runtime';
import { Clock } from '@mooring/runtime/clock';
import { Injectable } from '@nestjs/common';
import { WorkspaceAccess } from '../access/workspace-access.ts';
import { Transactions } from '../storage/ports.ts';
import type { ConnectionsSummary } from './connections.dto.ts';

/** How many connections of a workspace are in which status. */
@Injectable()
export class SummarizeConnections {
  constructor(
    private readonly transactions: Transactions,
    private readonly access: WorkspaceAccess,
    private readonly clock: Clock,
  ) {}

  run(caller: Caller, workspaceId: string): Promise<ConnectionsSummary> {
    return this.transactions.inWorkspace(workspaceId, async (stores) => {
      await this.access.enterWithin(stores, caller, workspaceId);
      const counts = await stores.connections.countByStatus(this.clock.now());
      return {
        total: counts.connected + counts.expiring_soon + counts.needs_reconnect,
        connected: counts.connected,
        expiringSoon: counts.expiring_soon,
        needsReconnect: counts.needs_reconnect,
        disconnected: counts.disconnected,
      };
    });
  }
}
