import { MooringError } from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import { accountKey, type Connection, verdictOf } from '../connections/connection.ts';
import type { PlannedConnection } from './connect-session.ts';
import type { OwnSession } from './session-door.ts';

/** A live connection to be activated once more. */
function again({ id, accountId, kind, activation }: Connection): PlannedConnection {
  return { connectionId: id, accountId, kind, activation: activation + 1, origin: 'live' };
}

/**
 * What a reconnect brings back beside the session's own connection. A renewed consent of the same person heals every sibling
 * that was discovered; the vault does so by itself. Another person's consent takes over, with the connection, those siblings
 * that need reconnecting and that this person manages too; healthy ones stay where they are.
 */
@Injectable()
export class PlanReconnect {
  /** Throws MooringError `connection_disconnected` where it was disconnected in the meantime. */
  async run(own: OwnSession): Promise<void> {
    const { stores, session } = own;
    const connection = session.connectionId ? await stores.connections.lock(session.connectionId) : null;
    if (connection?.phase !== 'live') throw new MooringError('connection_disconnected');
    const sameConsent = session.offer?.existingGrantId === connection.grantId;
    const moved = sameConsent ? [] : await this.#siblingsToMove(own, connection);
    session.planned = [connection, ...moved].map(again);
    session.state = 'activating';
  }

  async #siblingsToMove({ stores, session, now }: OwnSession, connection: Connection): Promise<Connection[]> {
    const selectable = session.offer?.accounts.filter((account) => account.selectable) ?? [];
    const discovered = new Set(selectable.map(accountKey));
    const ofGrant = connection.grantId ? await stores.connections.liveOfGrant(connection.grantId) : [];
    return ofGrant.filter(
      (sibling) =>
        sibling.id !== connection.id &&
        discovered.has(accountKey(sibling)) &&
        verdictOf(sibling, now).status === 'needs_reconnect',
    );
  }
}
