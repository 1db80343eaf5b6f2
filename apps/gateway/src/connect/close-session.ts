import { Clock } from '@mooring/runtime/clock';
import { Injectable } from '@nestjs/common';
import { Transactions } from '../storage/ports.ts';
import { type ConnectSession, stateAt } from './connect-session.ts';
import type { DueSession } from './ports.ts';
import { SessionCounter } from './session-counter.ts';

/** Closes sessions that nobody goes on with. */
@Injectable()
export class CloseSession {
  constructor(
    private readonly transactions: Transactions,
    private readonly counter: SessionCounter,
    private readonly clock: Clock,
  ) {}

  /** By compare-and-set under the row's lock: a session that is `activating` by now is untouchable. */
  async expire(due: DueSession): Promise<void> {
    const closed = await this.#close(due, (session) => {
      const choosing = session.state === 'offered' || session.state === 'claimed';
      if (!choosing || stateAt(session, this.clock.now()) !== 'expired') return false;
      session.state = 'expired';
      return true;
    });
    if (closed) this.counter.ended(closed.platform, 'not_chosen');
  }

  /** The process that completed this session is gone, and its tokens with it. */
  async giveUp(due: DueSession): Promise<void> {
    const closed = await this.#close(due, (session) => {
      if (session.state !== 'completing') return false;
      session.state = 'failed';
      session.failure = { code: 'internal_error', parameters: {}, diagnosticId: session.id };
      return true;
    });
    if (closed) this.counter.ended(closed.platform, 'internal_error');
  }

  /** Answers the session where `change` closed it. */
  #close(
    { id, workspaceId }: DueSession,
    change: (session: ConnectSession) => boolean,
  ): Promise<ConnectSession | null> {
    return this.transactions.inWorkspace(workspaceId, async ({ sessions }) => {
      const session = await sessions.lock(id);
      if (!session || !change(session)) return null;
      await sessions.save(session);
      return session;
    });
  }
}
