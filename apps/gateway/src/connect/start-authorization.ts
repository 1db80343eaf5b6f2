import { platformNames } from '@mooring/adapters';
import { MooringError } from '@mooring/contracts';
import { Clock } from '@mooring/runtime/clock';
import { Injectable } from '@nestjs/common';
import { type Stores, Transactions } from '../storage/ports.ts';
import { RateLimits } from '../throttle/rate-limits.ts';
import { type ConnectSession, stateAt } from './connect-session.ts';
import { hashOf, isCode, newCode } from './one-time-code.ts';
import { OAuthClients } from './ports.ts';

/** Where to send the browser, and what it must bring back. */
export interface StartedAuthorization {
  readonly url: string;
  readonly redirectUri: string;
  /** Value of the browser's cookie: the one it has, or a new one. */
  readonly browser: string;
}

/** Reads the browser's cookie; its name depends on the redirect URI that it must come back to. */
export type ReadCookie = (redirectUri: string) => string | undefined;

/**
 * The browser opens the start link: a new state, bound to this browser. Opening it again within its time makes another
 * state and voids the earlier one, so that a link preview doesn't burn it.
 */
@Injectable()
export class StartAuthorization {
  constructor(
    private readonly transactions: Transactions,
    private readonly clients: OAuthClients,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  /** Throws MooringError `security_check_failed`, `link_expired`, `platform_misconfigured`. */
  async run(sessionId: string, readCookie: ReadCookie): Promise<StartedAuthorization> {
    const workspaceId = await this.transactions.lookup.ofSession(sessionId);
    if (!workspaceId) throw new MooringError('security_check_failed');
    this.limits.starts.take(sessionId);
    return this.transactions.inWorkspace(workspaceId, (stores) => this.#start(stores, sessionId, readCookie));
  }

  async #start(stores: Stores, sessionId: string, readCookie: ReadCookie): Promise<StartedAuthorization> {
    const session = await stores.sessions.lock(sessionId);
    if (!session) throw new MooringError('security_check_failed');
    this.#requireStartable(session);
    const client = this.clients.get(session.platform);
    if (!client)
      throw new MooringError('platform_misconfigured', {
        parameters: { Platform: platformNames(session.platform).name },
      });
    const state = newCode();
    const cookie = readCookie(session.redirectUri);
    const browser = isCode(cookie) ? cookie : newCode();
    const { id, rerequest, purpose } = session;
    const renews = purpose === 'reconnect';
    const { url, sealedVerifier } = await client.authorize({ sessionId: id, state, rerequest, renews });
    session.state = 'started';
    session.stateHash = hashOf(state);
    session.browserHash = hashOf(browser);
    session.sealedVerifier = sealedVerifier;
    await stores.sessions.save(session);
    return { url, browser, redirectUri: session.redirectUri };
  }

  #requireStartable(session: ConnectSession): void {
    const state = stateAt(session, this.clock.now());
    if (state === 'expired') throw new MooringError('link_expired');
    if (state !== 'created' && state !== 'started') throw new MooringError('security_check_failed');
  }
}
