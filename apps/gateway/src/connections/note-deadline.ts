import type { EventData } from '@mooring/contracts';
import { Clock } from '@mooring/runtime/clock';
import { Injectable } from '@nestjs/common';
import type { Stores } from '../storage/ports.ts';
import { announce } from './announce.ts';
import { announceChange } from './announce-change.ts';
import { type Connection, restate } from './connection.ts';

type Deadline = EventData<'TokenDeadlineReached'>;

const NO_SCOPES = { scopesAdded: [], scopesRemoved: [] };

/** A deadline is near or has passed. What concerns a deadline that has moved since is dropped. */
@Injectable()
export class NoteDeadline {
  constructor(private readonly clock: Clock) {}

  async near(stores: Stores, { daysLeft, ...deadline }: EventData<'TokenExpiringSoon'>): Promise<void> {
    const connection = await this.#withDeadline(stores, deadline);
    if (!connection) return;
    const now = this.clock.now();
    const before = restate(connection, now);
    if (connection.status !== 'expiring_soon') {
      await announceChange(stores, connection, { before, ...NO_SCOPES }, { cause: { kind: 'finding' }, now });
      await stores.connections.save(connection);
      return;
    }
    // Facts may have told of this reminder already, and reminders may come out of order.
    if (connection.remindedDaysLeft !== null && connection.remindedDaysLeft <= daysLeft) return;
    connection.remindedDaysLeft = daysLeft;
    await announce(stores, connection, { type: 'ConnectionExpiringSoon', data: { daysLeft } }, { at: now, by: null });
  }

  async reached(stores: Stores, deadline: Deadline): Promise<void> {
    const connection = await this.#withDeadline(stores, deadline);
    if (!connection) return;
    // The scheduler's clock may be a little ahead of ours; the deadline itself is past either way.
    const now = new Date(Math.max(this.clock.now().getTime(), Date.parse(deadline.deadline.at)));
    const before = restate(connection, now);
    await announceChange(stores, connection, { before, ...NO_SCOPES }, { cause: { kind: 'finding' }, now });
    await stores.connections.save(connection);
  }

  async #withDeadline(stores: Stores, { connectionId, grantId, deadline }: Deadline): Promise<Connection | null> {
    const connection = await stores.connections.lock(connectionId);
    if (connection?.phase !== 'live' || connection.grantId !== grantId) return null;
    const same =
      connection.deadlineKind === deadline.kind && connection.deadlineAt?.getTime() === Date.parse(deadline.at);
    return same ? connection : null;
  }
}
