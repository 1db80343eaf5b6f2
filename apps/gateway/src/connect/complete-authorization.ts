import type { CallbackParameters, ExchangedTokens, PlatformAdapter } from '@mooring/adapters-core';
import { platformNames } from '@mooring/adapters';
import { MooringError, type PendingGrantView } from '@mooring/contracts';
import { faultPoint } from '@mooring/runtime/fault-points';
import { Injectable } from '@nestjs/common';
import { Platforms } from '../platforms/ports.ts';
import { checkOffer } from './check-offer.ts';
import type { ConnectSession } from './connect-session.ts';
import { ExchangeCode } from './exchange-code.ts';
import { isCodeOf } from './one-time-code.ts';
import { VaultClient } from './ports.ts';
import { SessionProgress } from './session-progress.ts';

/** The platform's redirect to us. */
export interface AuthorizationCallback {
  readonly platform: string;
  readonly state: string | undefined;
  /** The browser's cookie. */
  readonly browser: string | undefined;
  readonly parameters: CallbackParameters;
}

/**
 * The platform has sent the browser back. In this order: state (used up whatever comes next, the error branch too), browser,
 * age, then what the platform says. Then code → tokens → the vault, which keeps them as a pending grant that nobody has yet.
 */
@Injectable()
export class CompleteAuthorization {
  constructor(
    private readonly progress: SessionProgress,
    private readonly platforms: Platforms,
    private readonly exchangeCode: ExchangeCode,
    private readonly vault: VaultClient,
  ) {}

  /**
   * Answers where the browser goes back to, on success and failure alike.
   * Throws MooringError where there is no session to trust: unknown state, foreign browser, another platform's redirect.
   */
  async run(callback: AuthorizationCallback): Promise<string> {
    const session = await this.progress.consume(callback.state);
    if (callback.platform !== session.platform || !isCodeOf(callback.browser, session.browserHash)) {
      const refusal = new MooringError('security_check_failed');
      await this.progress.end(session, refusal);
      throw refusal;
    }
    if (this.progress.isTooOld(session)) return this.progress.end(session, new MooringError('link_expired'));
    try {
      const adapter = this.#adapterOf(session);
      const tokens = await this.exchangeCode.run(adapter, session, callback.parameters);
      const offer = await this.#openPendingGrant(session, tokens);
      checkOffer(adapter, offer, await this.progress.reconnecting(session));
      return await this.progress.offer(session, offer);
    } catch (error) {
      if (error instanceof MooringError) return this.progress.end(session, error);
      await this.progress.end(session, new MooringError('internal_error'));
      throw error;
    }
  }

  #adapterOf({ platform }: ConnectSession): PlatformAdapter {
    const configured = this.platforms.get(platform);
    if (configured) return configured.adapter;
    throw new MooringError('platform_misconfigured', { parameters: { Platform: platformNames(platform).name } });
  }

  async #openPendingGrant(session: ConnectSession, tokens: ExchangedTokens): Promise<PendingGrantView> {
    await this.progress.notePending(session);
    const { id: sessionId, workspaceId, platform, requestedScopes } = session;
    const { accessToken, refreshToken, expiresInSeconds, refreshExpiresInSeconds, grantedScopes, subjectId } = tokens;
    const offer = await this.vault.openPendingGrant({
      ...{ sessionId, workspaceId, platform, requestedScopes },
      accessToken: accessToken.reveal(),
      ...(refreshToken && { refreshToken: refreshToken.reveal() }),
      ...(expiresInSeconds !== null && { expiresInSeconds }),
      ...(refreshExpiresInSeconds !== null && { refreshExpiresInSeconds }),
      ...(grantedScopes !== null && { answeredScopes: grantedScopes }),
      ...(subjectId !== null && { subjectId }),
    });
    await faultPoint('gateway.after-code-exchange');
    return offer;
  }
}
