import { MooringError, type Platform } from '@mooring/contracts';
import { causesOf, currentContext } from '@mooring/runtime';
import { Clock } from '@mooring/runtime/clock';
import { Injectable, Logger } from '@nestjs/common';
import { Transactions } from '../storage/ports.ts';
import { type ConnectSession, idsOf, stateAt } from './connect-session.ts';
import type { DueSession, SessionStore } from './ports.ts';
import { SessionCounter } from './session-counter.ts';
import { SettlePending } from './settle-pending.ts';

/** Only while the session is still ours: the poller may have given this process up. */
export async function requireCompleting(sessions: SessionStore, { id }: ConnectSession): Promise<void> {
  const current = await sessions.lock(id);
  if (current?.state !== 'completing') throw new MooringError('link_expired');
}

/** Closes sessions that came to nothing, and counts them. */
@Injectable()
export class CloseSession {
  readonly #logger = new Logger('ConnectSessions');

  constructor(
    private readonly transactions: Transactions,
    private readonly settlePending: SettlePending,
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

  /**
   * Ends a session that this process is completing with a problem, which the person is told on claiming.
   * Throws MooringError `link_expired` where the poller has given this process up.
   */
  async fail(session: ConnectSession, problem: MooringError, resultHash: Buffer): Promise<void> {
    await this.transactions.inWorkspace(session.workspaceId, async ({ sessions }) => {
      await requireCompleting(sessions, session);
      session.state = problem.code === 'link_expired' ? 'expired' : 'failed';
      session.resultHash = resultHash;
      const diagnosticId = currentContext()?.requestId ?? session.id;
      session.failure = { code: problem.code, parameters: problem.parameters, diagnosticId };
      await sessions.save(session);
    });
    const because = causesOf(problem);
    const details = { problemCode: problem.code, ...problem.extensions, ...(because.length > 0 && { because }) };
    this.#logger.warn({ msg: 'connect session failed', ...idsOf(session), ...details });
    this.counter.ended(session.platform, problem.code);
    if (session.pendingGrant === 'open') await this.settlePending.attempt(session);
  }

  /** A session was forgotten whose person the platform never sent back. */
  noteNotReturned(platform: Platform): void {
    this.counter.ended(platform, 'not_returned');
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
