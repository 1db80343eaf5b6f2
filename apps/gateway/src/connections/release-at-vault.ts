import { MooringError, type RevocationResultCode } from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import { VaultClient } from '../connect/ports.ts';
import { Transactions } from '../storage/ports.ts';
import type { Connection } from './connection.ts';
import { NoteRevocation } from './note-revocation.ts';

/** One try to have the vault release a disconnected connection while the person waits. */
@Injectable()
export class ReleaseAtVault {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: VaultClient,
    private readonly noteRevocation: NoteRevocation,
  ) {}

  /** Answers `pending` where the vault can't be reached: the command is on its way in any case. */
  async run(connection: Connection): Promise<RevocationResultCode> {
    const { id: connectionId, workspaceId, activation } = connection;
    const grantId = connection.grantId ?? '';
    const releaseId = connection.releaseId ?? '';
    try {
      const { result } = await this.vault.release({ workspaceId, grantId, connectionId, activation, releaseId });
      await this.transactions.inWorkspace(workspaceId, (stores) =>
        this.noteRevocation.run(stores, { connectionId, releaseId, result }),
      );
      return result;
    } catch (error) {
      // Its result reaches the history by TokenRevoked.
      if (error instanceof MooringError) return 'pending';
      throw error;
    }
  }
}
