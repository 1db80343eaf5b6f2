import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AttemptQueue, type AttemptTicket } from '../attempts/attempt-queue.ts';
import { GrantChanges } from '../grants/grant-changes.ts';
import { RefreshSettings } from './refresh-settings.ts';

/** Attempts that nobody asked for by a command: whoever records one does it at once. */
@Injectable()
export class OwnAttempts {
  constructor(
    private readonly changes: GrantChanges,
    private readonly attempts: AttemptQueue,
    private readonly settings: RefreshSettings,
  ) {}

  /** Should this process die, the pool of another one takes it up. */
  record(ticket: AttemptTicket): Promise<void> {
    const lease = { owner: randomUUID(), leaseMs: this.settings.leaseMs };
    return this.changes.inTenant(ticket.workspaceId, (manager) => this.attempts.recordOwned(manager, ticket, lease));
  }
}
