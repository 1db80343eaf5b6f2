import type { MooringEvent } from '@mooring/contracts';
import { Inbox } from '@mooring/messaging';
import { setWorkspaces } from '@mooring/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ReleaseConnection } from './release-connection.ts';
import { ReleaseQueue } from './release-queue.ts';

/** Marks a connection released that a person disconnected; the pool asks the platform afterwards. */
@Injectable()
export class RecordRelease {
  constructor(
    private readonly dataSource: DataSource,
    private readonly inbox: Inbox,
    private readonly releaseConnection: ReleaseConnection,
    private readonly queue: ReleaseQueue,
  ) {}

  async run(event: MooringEvent<'ReleaseRequested'>): Promise<void> {
    const { workspaceId, data } = event;
    await this.inbox.handleOnce(this.dataSource, event, async (manager) => {
      await setWorkspaces(manager, workspaceId);
      await this.releaseConnection.mark(manager, { workspaceId, ...data });
    });
    this.queue.wake();
  }
}
