import { MooringError } from '@mooring/contracts';
import type { Caller } from '@mooring/runtime';
import { Clock } from '@mooring/runtime/clock';
import { Injectable } from '@nestjs/common';
import { type Standing, WorkspaceAccess } from '../access/workspace-access.ts';
import { requireMender } from '../connections/connection-door.ts';
import { type Stores, Transactions } from '../storage/ports.ts';
import { RateLimits } from '../throttle/rate-limits.ts';
import { type ConnectSession, type ConnectSessionState, failureError, stateAt } from './connect-session.ts';
import { isInitiator } from './describe-connect-session.ts';
import { isCodeOf } from './one-time-code.ts';

/** Whose session, and what the browser brought back where that matters. */
export interface SessionKey {
  readonly sessionId: string;
  readonly result?: string;
}

/** A session that the caller began and that is neither failed nor expired, locked within a transaction. */
export interface OwnSession {
  readonly stores: Stores;
  readonly session: ConnectSession;
  readonly standing: Standing;
  readonly state: ConnectSessionState;
  readonly now: Date;
}

/** Lets the person who began a session go on with it. */
@Injectable()
export class SessionDoor {
  constructor(
    private readonly transactions: Transactions,
    private readonly access: WorkspaceAccess,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs `work` under the locks of the workspace and the session, and answers the session as it is then.
   * Throws MooringError `session_changed` to anybody else and without the right result code, the session's own failure,
   * `link_expired`, and what access asks.
   */
  async enter(caller: Caller, key: SessionKey, work: (own: OwnSession) => Promise<void>): Promise<ConnectSession> {
    this.limits.claims.take(`${key.sessionId} ${caller.issuer} ${caller.subject}`);
    const workspaceId = await this.transactions.lookup.ofSession(key.sessionId);
    if (!workspaceId) throw new MooringError('not_found');
    return this.transactions.inWorkspace(workspaceId, async (stores) => {
      // The workspace before the session, as everywhere: two orders would wait for each other.
      await stores.directory.lockWorkspace(workspaceId);
      const session = await stores.sessions.lock(key.sessionId);
      if (!session) throw new MooringError('not_found');
      requireOwn(session, caller, key);
      const standing = await this.access.enterWithin(stores, caller, workspaceId);
      requireMender(standing, session.platform);
      const now = this.clock.now();
      const state = stateAt(session, now);
      if (session.failure) throw failureError(session.failure);
      if (state === 'expired') throw new MooringError('link_expired');
      await work({ stores, session, standing, state, now });
      return session;
    });
  }
}

function requireOwn(session: ConnectSession, caller: Caller, { result }: SessionKey): void {
  const hasCode = result === undefined || isCodeOf(result, session.resultHash);
  if (!isInitiator(session, caller) || !hasCode) throw new MooringError('session_changed');
}
