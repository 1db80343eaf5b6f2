import { platformNames } from '@mooring/adapters';
import { MooringError, newEvent } from '@mooring/contracts';
import { type Caller, currentTraceparent } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import { uuidv7 } from 'uuidv7';
import { Platforms } from '../platforms/ports.ts';
import { announce } from './announce.ts';
import { type Connection, consentPlatform, restate } from './connection.ts';
import { ConnectionDoor, type Mendable } from './connection-door.ts';
import { viewOf } from './connection-views.ts';
import type { Disconnected } from './mending.dto.ts';
import { ReleaseAtVault } from './release-at-vault.ts';
import { revocationMessage } from './revocation-message.ts';

/**
 * Disconnects: written down and commanded in one transaction, so that the vault hears of it whatever happens next; then one
 * try for a quick answer. Both carry one release id, so that the vault releases once.
 */
@Injectable()
export class DisconnectConnection {
  constructor(
    private readonly door: ConnectionDoor,
    private readonly releaseAtVault: ReleaseAtVault,
    private readonly platforms: Platforms,
  ) {}

  async run(caller: Caller, connectionId: string): Promise<Disconnected> {
    const removed = await this.door.mend(caller, connectionId, removeWithin);
    const platform = consentPlatform(removed);
    const { removedAt } = removed;
    const result = await this.releaseAtVault.run(removed);
    return {
      connection: viewOf(removed, removedAt ?? removed.statusSince),
      revocation: {
        result,
        message: revocationMessage(result, platformNames(platform).name),
        manageAccessAt: this.platforms.get(platform)?.adapter.manageAccessAt ?? '',
      },
    };
  }
}

async function removeWithin({ stores, standing, connection, now }: Mendable): Promise<Connection> {
  // The vault may have activated it by a number that isn't written down here yet: a release would be superseded.
  if ((await stores.sessions.activatingWith(connection.id)).length > 0) {
    throw new MooringError('session_not_ready', { parameters: { State: 'activating' } });
  }
  connection.phase = 'removed';
  connection.removedAt = now;
  connection.releaseId = uuidv7();
  connection.revocation = 'pending';
  restate(connection, now);
  const data = { by: standing.actor, revocation: 'pending' } as const;
  await announce(stores, connection, { type: 'ConnectionDisconnected', data }, { at: now, by: standing.actor });
  await stores.announce(commandOf(connection, now));
  return connection;
}

function commandOf(connection: Connection, time: Date) {
  const { id: connectionId, workspaceId, activation } = connection;
  const grantId = connection.grantId ?? '';
  const data = { grantId, connectionId, activation, releaseId: connection.releaseId ?? '' };
  const event = { service: 'gateway', subject: connectionId, workspaceId, key: grantId, time } as const;
  return newEvent({ type: 'ReleaseRequested', ...event, traceparent: currentTraceparent(), data });
}
