import { platformNames } from '@mooring/adapters';
import type { RevocationResultCode } from '@mooring/contracts';
import { Clock } from '@mooring/runtime/clock';
import { Injectable } from '@nestjs/common';
import { uuidv7 } from 'uuidv7';
import type { Stores } from '../storage/ports.ts';
import { consentPlatform } from './connection.ts';
import { revocationMessage } from './revocation-message.ts';

/** What came of one release at the vault. */
export interface RevocationReport {
  readonly connectionId: string;
  readonly releaseId: string;
  readonly result: RevocationResultCode;
}

/** Writes what came of a disconnect at the platform into the connection and its history, once, whoever brings it first. */
@Injectable()
export class NoteRevocation {
  constructor(private readonly clock: Clock) {}

  async run(stores: Stores, { connectionId, releaseId, result }: RevocationReport): Promise<void> {
    if (result === 'pending') return;
    const connection = await stores.connections.lock(connectionId);
    if (!connection || connection.releaseId !== releaseId || connection.revocation === result) return;
    connection.revocation = result;
    await stores.connections.save(connection);
    await stores.connections.addHistory({
      id: uuidv7(),
      workspaceId: connection.workspaceId,
      connectionId,
      kind: 'RevocationReported',
      occurredAt: this.clock.now(),
      summary: revocationMessage(result, platformNames(consentPlatform(connection)).name),
      bySubject: null,
      byName: null,
      onBehalfOfWorkspace: false,
    });
  }
}
