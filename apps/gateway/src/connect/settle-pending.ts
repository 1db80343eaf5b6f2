import { MooringError } from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import { Transactions } from '../storage/ports.ts';
import type { ConnectSession } from './connect-session.ts';
import { type DueSession, VaultClient } from './ports.ts';

/** Has the vault discard the pending grant of a session that came to nothing. */
@Injectable()
export class SettlePending {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: VaultClient,
  ) {}

  /** Throws what the vault says; the poller comes again. */
  async run({ id, workspaceId }: DueSession): Promise<void> {
    await this.vault.discardPending(id, workspaceId);
    await this.transactions.inWorkspace(workspaceId, async ({ sessions }) => {
      const session = await sessions.lock(id);
      if (!session) return;
      session.pendingGrant = 'settled';
      session.offer = null;
      await sessions.save(session);
    });
  }

  /** One try on the way; what fails is left to the poller. */
  async attempt(session: ConnectSession): Promise<void> {
    try {
      await this.run(session);
    } catch (error) {
      if (!(error instanceof MooringError)) throw error;
    }
  }
}
