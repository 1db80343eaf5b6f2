import type { GrantStateData, MooringEvent } from '@mooring/contracts';
import { MooringError, type ProblemCode } from '@mooring/contracts';
import { currentContext } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import { type Stores, Transactions } from '../storage/ports.ts';
import type { ConnectSession } from './connect-session.ts';
import { BringSessionLive } from './bring-session-live.ts';
import { type DueSession, VaultClient } from './ports.ts';
import { SessionCounter } from './session-counter.ts';

/** The vault will never say anything else about this choice. */
const REFUSED_FOR_GOOD: ReadonlySet<ProblemCode> = new Set(['superseded', 'account_not_offered']);

/**
 * Brings what a session has reserved to life. The request, TokenStored's consumer and a poller run the same, whoever comes
 * first, so that a crash between the two transactions heals by itself.
 */
@Injectable()
export class FinishActivation {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: VaultClient,
    private readonly bringSessionLive: BringSessionLive,
    private readonly counter: SessionCounter,
  ) {}

  /**
   * Asks the vault (idempotent) and finishes. A vault that can't be reached leaves the session as it is: the poller goes on.
   * Throws MooringError `link_expired` where the vault no longer has the pending grant, `superseded` and
   * `account_not_offered` where it refuses for good: nothing of the choice is left then.
   */
  async run({ id, workspaceId }: DueSession): Promise<void> {
    const session = await this.transactions.inWorkspace(workspaceId, ({ sessions }) => sessions.find(id));
    if (session?.state !== 'activating') return;
    const grant = await this.#activate(session);
    if (!grant) return;
    const finished = await this.transactions.inWorkspace(workspaceId, (stores) =>
      this.bringSessionLive.run(stores, id, grant),
    );
    if (finished) this.counter.ended(session.platform, 'done');
  }

  /** The vault announces what it has taken. Finishes the session that waits for it, else notes what the consent changed. */
  async hear(event: MooringEvent<'TokenStored'>): Promise<void> {
    const { grant, sessionId } = event.data;
    let finished = false;
    await this.transactions.onceFor(event, async (stores) => {
      finished = await this.bringSessionLive.run(stores, sessionId, grant);
      if (!finished) await this.bringSessionLive.noteConsent(stores, grant);
    });
    if (finished) this.counter.ended(grant.platform, 'done');
  }

  async #activate(session: ConnectSession): Promise<GrantStateData | null> {
    const { id, workspaceId, purpose } = session;
    const connections = session.planned.map(({ connectionId, accountId, kind, activation }) => {
      return { connectionId, accountId, kind, activation };
    });
    try {
      return (await this.vault.activateGrant(id, { workspaceId, purpose, connections })).grant;
    } catch (error) {
      if (!(error instanceof MooringError)) throw error;
      const isGone = error.code === 'pending_grant_gone';
      if (!isGone && !REFUSED_FOR_GOOD.has(error.code)) return null;
      const problem = isGone ? new MooringError('link_expired', { cause: error }) : error;
      const undone = await this.transactions.inWorkspace(workspaceId, (stores) =>
        this.#undo(stores, session, (own) => (isGone ? expire(own) : fail(own, error))),
      );
      if (undone) this.counter.ended(session.platform, problem.code);
      throw problem;
    }
  }

  /** Nothing comes of it: new rows go, restored ones return to `disconnected`, live ones never changed. */
  async #undo(stores: Stores, { id }: ConnectSession, close: (session: ConnectSession) => void): Promise<boolean> {
    const session = await stores.sessions.lock(id);
    if (session?.state !== 'activating') return false;
    const idsOf = (origin: string): string[] =>
      session.planned.filter((planned) => planned.origin === origin).map(({ connectionId }) => connectionId);
    await stores.connections.delete(idsOf('new'));
    for (const connection of await stores.connections.lockMany(idsOf('restored'))) {
      connection.phase = 'removed';
      await stores.connections.save(connection);
    }
    close(session);
    await stores.sessions.save(session);
    return true;
  }
}

function expire(session: ConnectSession): void {
  session.state = 'expired';
  session.pendingGrant = 'settled';
}

/** The pending grant stays open: the poller has it discarded. */
function fail(session: ConnectSession, { code, parameters }: MooringError): void {
  session.state = 'failed';
  session.failure = { code, parameters, diagnosticId: currentContext()?.requestId ?? session.id };
}
