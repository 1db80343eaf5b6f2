import type { MooringEvent } from '@mooring/contracts';
import { Inbox } from '@mooring/messaging';
import { setWorkspaces } from '@mooring/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AttemptQueue, type AttemptTicket } from './attempt-queue.ts';

/** Records what the scheduler or a person asked for; a pool does it afterwards. */
@Injectable()
export class RecordAttempt {
  constructor(
    private readonly dataSource: DataSource,
    private readonly inbox: Inbox,
    private readonly queue: AttemptQueue,
  ) {}

  async run(event: MooringEvent<'RefreshRequested'> | MooringEvent<'InspectRequested'>): Promise<void> {
    const { data } = event;
    const ticket: AttemptTicket = {
      attemptId: data.attemptId,
      workspaceId: event.workspaceId,
      grantId: data.grantId,
      kind: event.type === 'RefreshRequested' ? 'refresh' : 'inspect',
      trigger: data.trigger,
      requestedBy: data.requestedBy,
      generation: 'generation' in data ? data.generation : null,
      notAfter: new Date(data.notAfter),
    };
    await this.inbox.handleOnce(this.dataSource, event, async (manager) => {
      await setWorkspaces(manager, event.workspaceId);
      await this.queue.record(manager, ticket);
    });
    this.queue.wake();
  }
}
