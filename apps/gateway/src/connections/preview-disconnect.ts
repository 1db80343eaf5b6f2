import { platformNames } from '@mooring/adapters';
import type { Caller } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import { Platforms } from '../platforms/ports.ts';
import { type Connection, consentPlatform, kindName } from './connection.ts';
import { ConnectionDoor } from './connection-door.ts';
import { viewOf } from './connection-views.ts';
import type { DisconnectPreview } from './mending.dto.ts';

/** What disconnecting would do, computed from what is there (C79). */
@Injectable()
export class PreviewDisconnect {
  constructor(
    private readonly door: ConnectionDoor,
    private readonly platforms: Platforms,
  ) {}

  run(caller: Caller, connectionId: string): Promise<DisconnectPreview> {
    return this.door.mend(caller, connectionId, async ({ stores, connection, now }) => {
      const ofGrant = connection.grantId ? await stores.connections.liveOfGrant(connection.grantId) : [];
      const siblings = ofGrant.filter(({ id }) => id !== connectionId);
      return {
        connection: viewOf(connection, now),
        siblings: siblings.map(({ id, displayName, kind }) => ({ id, displayName, kind, kindName: kindName(kind) })),
        revokesAtPlatform: siblings.length === 0,
        consequences: this.#consequences(connection, siblings),
      };
    });
  }

  #consequences(connection: Connection, siblings: readonly Connection[]): string[] {
    const platform = consentPlatform(connection);
    const { name } = platformNames(platform);
    const manageAt = this.platforms.get(platform)?.adapter.manageAccessAt;
    // A Page and the Instagram account behind it often go by one name.
    const named = (sibling: Connection): string => {
      if (sibling.kind === connection.kind) return sibling.displayName;
      const isElsewhere = sibling.platform !== connection.platform;
      return `${sibling.displayName} (${isElsewhere ? platformNames(sibling.platform).name : kindName(sibling.kind)})`;
    };
    const names = siblings.map(named).join(', ');
    const atPlatform =
      siblings.length === 0
        ? `Mooring takes the access back at ${name}, unless another workspace uses the same consent.`
        : `The access at ${name} stays, because ${names} ${siblings.length === 1 ? 'uses' : 'use'} it too.`;
    return [
      `Publishing to ${connection.displayName} ends at once, and its stored access is destroyed.`,
      atPlatform,
      'Published posts and the history of this account stay.',
      'Connecting the same account again restores this record.',
      ...(manageAt ? [`You can look at what apps may do at ${manageAt}.`] : []),
    ];
  }
}
