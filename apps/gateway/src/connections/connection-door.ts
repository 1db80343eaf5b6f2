import { platformNames } from '@mooring/adapters';
import { MooringError } from '@mooring/contracts';
import type { Caller } from '@mooring/runtime';
import { Clock } from '@mooring/runtime/clock';
import { Injectable } from '@nestjs/common';
import { mayMend, type Standing, WorkspaceAccess } from '../access/workspace-access.ts';
import { type Stores, Transactions } from '../storage/ports.ts';
import type { Connection } from './connection.ts';
import { visibleConnection } from './visible-connection.ts';

/** A connection that its visitor may act on, within a transaction. */
export interface Mendable {
  readonly stores: Stores;
  readonly standing: Standing;
  readonly connection: Connection;
  readonly now: Date;
}

/** Throws MooringError `role_not_allowed` to somebody who only sees (L-03). */
export function requireMender(standing: Standing, platform: Connection['platform']): void {
  const parameters = { Platform: platformNames(platform).name };
  if (!mayMend(standing)) throw new MooringError('role_not_allowed', { parameters });
}

/** Lets people act on a connection. */
@Injectable()
export class ConnectionDoor {
  constructor(
    private readonly transactions: Transactions,
    private readonly access: WorkspaceAccess,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs `work` on a live connection that the caller may mend, under its row's lock and its workspace's.
   * Throws MooringError `not_found`, `acting_workspace_required`, `role_not_allowed`, `connection_disconnected`.
   */
  async mend<T>(caller: Caller, connectionId: string, work: (mendable: Mendable) => Promise<T>): Promise<T> {
    const workspaceId = await this.transactions.lookup.ofConnection(connectionId);
    if (!workspaceId) throw new MooringError('not_found');
    return this.transactions.inWorkspace(workspaceId, async (stores) => {
      const standing = await this.access.enterWithin(stores, caller, workspaceId);
      requireMender(standing, (await visibleConnection(stores, connectionId)).platform);
      // The workspace before the connection, as everywhere: two orders would wait for each other.
      await stores.directory.lockWorkspace(workspaceId);
      const connection = await stores.connections.lock(connectionId);
      if (connection?.phase !== 'live') throw new MooringError('connection_disconnected');
      return work({ stores, standing, connection, now: this.clock.now() });
    });
  }
}
