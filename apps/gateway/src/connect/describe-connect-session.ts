import { MooringError } from '@mooring/contracts';
import type { Caller } from '@mooring/runtime';
import { Clock } from '@mooring/runtime/clock';
import { Injectable } from '@nestjs/common';
import { Transactions } from '../storage/ports.ts';
import { type ConnectSession, describeFailure, expiryOf, stateAt } from './connect-session.ts';
import type { ConnectSessionView } from './connect-sessions.dto.ts';

/** True for the person who began the session: an identity is issuer and subject. */
export function isInitiator(session: ConnectSession, caller: Caller): boolean {
  return session.issuer === caller.issuer && session.subject === caller.subject;
}

/** A session as its initiator sees it. */
export function sessionView(session: ConnectSession, now: Date): ConnectSessionView {
  return {
    id: session.id,
    workspaceId: session.workspaceId,
    platform: session.platform,
    purpose: session.purpose,
    connectionId: session.connectionId,
    state: stateAt(session, now),
    expiresAt: expiryOf(session).toISOString(),
    failure: session.failure && describeFailure(session.failure),
  };
}

/** How far a session is, for a window that follows another one. State only. */
@Injectable()
export class DescribeConnectSession {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async run(caller: Caller, sessionId: string): Promise<ConnectSessionView> {
    const workspaceId = await this.transactions.lookup.ofSession(sessionId);
    if (!workspaceId) throw new MooringError('not_found');
    const session = await this.transactions.inWorkspace(workspaceId, ({ sessions }) => sessions.find(sessionId));
    if (!session || !isInitiator(session, caller)) throw new MooringError('not_found');
    return sessionView(session, this.clock.now());
  }
}
