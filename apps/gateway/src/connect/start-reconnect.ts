import type { Caller } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import { consentPlatform } from '../connections/connection.ts';
import { ConnectionDoor } from '../connections/connection-door.ts';
import { BeginSession } from './begin-session.ts';
import type { CreatedConnectSession } from './connect-sessions.dto.ts';

/** Begins to reconnect one account; needs no free slot of the plan (L-04). */
@Injectable()
export class StartReconnect {
  constructor(
    private readonly door: ConnectionDoor,
    private readonly begin: BeginSession,
  ) {}

  run(
    caller: Caller,
    input: { readonly connectionId: string; readonly returnUrl: string; readonly rerequest?: boolean },
  ): Promise<CreatedConnectSession> {
    const { connectionId, returnUrl } = input;
    return this.door.mend(caller, connectionId, ({ stores, standing, connection }) => {
      // Whatever was unticked or taken away is asked for again: a reconnect that asks for less can't heal.
      const lacks = connection.missingScopes.length > 0 || connection.reason === 'permission_removed';
      const rerequest = lacks || input.rerequest === true;
      const platform = consentPlatform(connection);
      return this.begin.run(stores, standing, { platform, returnUrl, rerequest, connectionId });
    });
  }
}
