import { MooringError, type PendingGrantView } from '@mooring/contracts';
import { Clock } from '@mooring/runtime/clock';
import { Injectable, Logger } from '@nestjs/common';
import type { Connection } from '../connections/connection.ts';
import { Transactions } from '../storage/ports.ts';
import { CloseSession, requireCompleting } from './close-session.ts';
import { type ConnectSession, idsOf, linkHasExpired } from './connect-session.ts';
import { ConnectSettings } from './connect-settings.ts';
import { hashOf, isCode, newCode } from './one-time-code.ts';
import { returnAddress } from './return-url.ts';

/** The steps of a session between the platform's redirect and the way back to the page, each written down at once. */
@Injectable()
export class SessionProgress {
  readonly #logger = new Logger('ConnectSessions');

  constructor(
    private readonly transactions: Transactions,
    private readonly close: CloseSession,
    private readonly settings: ConnectSettings,
    private readonly clock: Clock,
  ) {}

  /** Uses a state up. Throws MooringError `security_check_failed` for one that is unknown or was used before. */
  async consume(state: string | undefined): Promise<ConnectSession> {
    const stateHash = isCode(state) ? hashOf(state) : null;
    const workspaceId = stateHash && (await this.transactions.lookup.ofState(stateHash));
    const session =
      workspaceId &&
      (await this.transactions.inWorkspace(workspaceId, (stores) => stores.sessions.consumeState(stateHash)));
    if (!session) throw new MooringError('security_check_failed');
    return session;
  }

  isTooOld(session: ConnectSession): boolean {
    return linkHasExpired(session, this.clock.now());
  }

  /** Before the vault is asked: should this process die now, the poller knows that there may be something to discard. */
  async notePending(session: ConnectSession): Promise<void> {
    await this.#change(session, () => {
      session.pendingGrant = 'open';
      session.sealedVerifier = null;
    });
  }

  /** The connection that a reconnect is for; null for a session that connects. */
  async reconnecting({ workspaceId, connectionId }: ConnectSession): Promise<Connection | null> {
    if (!connectionId) return null;
    return this.transactions.inWorkspace(workspaceId, ({ connections }) => connections.find(connectionId));
  }

  /** Offers what was found to the person who began. Answers where the browser goes. */
  async offer(session: ConnectSession, offer: PendingGrantView): Promise<string> {
    const resultCode = newCode();
    await this.#change(session, () => {
      session.state = 'offered';
      session.offer = offer;
      session.resultHash = hashOf(resultCode);
      session.chooseUntil = new Date(this.clock.now().getTime() + this.settings.chooseWithinMs);
    });
    const accounts = offer.accounts.length;
    this.#logger.log({ msg: 'connect session offers accounts', ...idsOf(session), accounts });
    return returnAddress(session.returnUrl, session.id, resultCode);
  }

  /** Ends the session with a problem, which the person is told on claiming. Answers where the browser goes. */
  async end(session: ConnectSession, problem: MooringError): Promise<string> {
    const resultCode = newCode();
    await this.close.fail(session, problem, hashOf(resultCode));
    return returnAddress(session.returnUrl, session.id, resultCode);
  }

  async #change(session: ConnectSession, change: () => void): Promise<void> {
    await this.transactions.inWorkspace(session.workspaceId, async ({ sessions }) => {
      await requireCompleting(sessions, session);
      change();
      await sessions.save(session);
    });
  }
}
