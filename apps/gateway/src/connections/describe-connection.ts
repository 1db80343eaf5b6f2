import type { Caller } from '@mooring/runtime';
import { Clock } from '@mooring/runtime/clock';
import { Injectable } from '@nestjs/common';
import { mayMend, type Standing, WorkspaceAccess } from '../access/workspace-access.ts';
import { Platforms } from '../platforms/ports.ts';
import { Transactions } from '../storage/ports.ts';
import { type Connection, consentPlatform } from './connection.ts';
import { capabilitiesOf, guidanceOf } from './connection-abilities.ts';
import { viewOf } from './connection-views.ts';
import type { ConnectionAbilities, ConnectionDetail } from './connections.dto.ts';
import { visibleConnection } from './visible-connection.ts';

function abilitiesOf(connection: Connection, standing: Standing): ConnectionAbilities {
  const able = mayMend(standing) && connection.phase === 'live';
  return { reconnect: able, refresh: able, check: able, disconnect: able };
}

/** All about one connection. */
@Injectable()
export class DescribeConnection {
  constructor(
    private readonly transactions: Transactions,
    private readonly access: WorkspaceAccess,
    private readonly platforms: Platforms,
    private readonly clock: Clock,
  ) {}

  async run(caller: Caller, connectionId: string): Promise<ConnectionDetail> {
    const standing = await this.access.enterConnection(caller, connectionId);
    const connection = await this.transactions.inWorkspace(standing.workspace.id, (stores) =>
      visibleConnection(stores, connectionId),
    );
    const now = this.clock.now();
    const adapter = this.platforms.get(consentPlatform(connection))?.adapter;
    return {
      ...viewOf(connection, now),
      connectedAt: connection.connectedAt.toISOString(),
      connectedBy: { subject: connection.connectedBy, name: connection.connectedByName },
      consentedAt: connection.consentedAt.toISOString(),
      consentedAs: connection.consentedAs,
      grantedScopes: connection.grantedScopes,
      missingScopes: connection.missingScopes,
      capabilities: capabilitiesOf(connection, adapter),
      guidance: guidanceOf(connection, adapter, now),
      showsPosts: Boolean(adapter?.recentPosts) && connection.phase === 'live',
      tokenExpiresAt: connection.tokenExpiresAt?.toISOString() ?? null,
      dataAccessExpiresAt: connection.dataAccessExpiresAt?.toISOString() ?? null,
      manageAccessAt: adapter?.manageAccessAt ?? '',
      abilities: abilitiesOf(connection, standing),
    };
  }
}
