import { MooringError, newEvent } from '@mooring/contracts';
import { Clock } from '@mooring/runtime/clock';
import { Injectable } from '@nestjs/common';
import { Transactions } from '../storage/ports.ts';
import type { Workspace } from './directory.ts';
import type { WorkspaceView } from './directory.dto.ts';

/** Makes or changes a workspace. Its hub is said once and never changes. */
@Injectable()
export class PutWorkspace {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async run(workspace: Omit<Workspace, 'version'>): Promise<WorkspaceView> {
    const { id, hubId, name, plan, timeZone } = workspace;
    await this.transactions.inWorkspace(id, async (stores) => {
      if (!(await stores.directory.hub(hubId))) {
        const errors = [{ pointer: '/hubId', detail: 'there is no such hub' }];
        throw new MooringError('invalid_request', { errors });
      }
      const known = await stores.directory.lockWorkspace(id);
      if (known && known.hubId !== hubId) throw new MooringError('hub_mismatch');
      const { version } = await stores.directory.saveWorkspace({ id, hubId, name, plan, timeZone });
      const event = { service: 'gateway', subject: id, workspaceId: id, key: id, time: this.clock.now() } as const;
      const data = { workspaceId: id, hubId, name, plan, timeZone, version };
      await stores.announce(newEvent({ type: 'WorkspaceChanged', ...event, data }));
    });
    return { id, hubId, name, plan, timeZone };
  }
}
