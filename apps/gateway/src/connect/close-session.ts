import { Clock } from '@mooring/runtime/clock';
import { Injectable } from '@nestjs/common';
import { Transactions } from '../storage/ports.ts';
import { stateAt } from './connect-session.ts';
import type { DueSession } from './ports.ts';

/** Closes sessions that nobody goes on with. */
@Injectable()
export class CloseSession {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** By compare-and-set under the row's lock: a session that is `activating` by now is untouchable. */
  async expire({ id, workspaceId }: DueSession): Promise<void> {
    await this.transactions.inWorkspace(workspaceId, async ({ sessions }) => {
      const session = await sessions.lock(id);
      const choosing = session?.state === 'offered' || session?.state === 'claimed';
      if (!choosing || stateAt(session, this.clock.now()) !== 'expired') return;
      session.state = 'expired';
      await sessions.save(session);
    });
  }

  /** The process that completed this session is gone, and its tokens with it. */
  async giveUp({ id, workspaceId }: DueSession): Promise<void> {
    await this.transactions.inWorkspace(workspaceId, async ({ sessions }) => {
      const session = await sessions.lock(id);
      if (session?.state !== 'completing') return;
      session.state = 'failed';
      session.failure = { code: 'internal_error', parameters: {}, diagnosticId: session.id };
      await sessions.save(session);
    });
  }
}
