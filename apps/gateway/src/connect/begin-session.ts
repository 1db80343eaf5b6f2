import { platformNames } from '@mooring/adapters';
import { MooringError, type Platform } from '@mooring/contracts';
import { Clock } from '@mooring/runtime/clock';
import { Injectable, Logger } from '@nestjs/common';
import { uuidv7 } from 'uuidv7';
import type { Standing } from '../access/workspace-access.ts';
import { type ConfiguredPlatform, Platforms } from '../platforms/ports.ts';
import type { Stores } from '../storage/ports.ts';
import { RateLimits } from '../throttle/rate-limits.ts';
import type { ConnectSession } from './connect-session.ts';
import type { CreatedConnectSession } from './connect-sessions.dto.ts';
import { ConnectSettings } from './connect-settings.ts';

/** What a new session is for. */
export interface Beginning {
  readonly platform: Platform;
  readonly returnUrl: string;
  readonly rerequest: boolean;
  /** The connection to be reconnected; null to connect accounts. */
  readonly connectionId: string | null;
}

/** Writes a new connect session down: the one way to begin, for connecting and reconnecting alike. */
@Injectable()
export class BeginSession {
  readonly #logger = new Logger(BeginSession.name);

  constructor(
    private readonly platforms: Platforms,
    private readonly settings: ConnectSettings,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  /** Throws MooringError `platform_not_available`, or `platform_misconfigured` where the operator hasn't set the platform up. */
  configured(platform: Platform): ConfiguredPlatform {
    const found = this.platforms.get(platform);
    if (found) return found;
    const parameters = { Platform: platformNames(platform).name };
    if (!this.platforms.isSupported(platform)) throw new MooringError('platform_not_available', { parameters });
    const lacks = this.platforms.checkOwn(platform).filter(({ outcome }) => outcome !== 'ok');
    const missing = lacks.map(({ detail }) => detail);
    this.#logger.warn({ msg: 'a person wants to connect a platform that is not configured', platform, missing });
    throw new MooringError('platform_misconfigured', { parameters });
  }

  async run(stores: Stores, standing: Standing, beginning: Beginning): Promise<CreatedConnectSession> {
    const { adapter, redirectUri } = this.configured(beginning.platform);
    this.settings.returnUrls.check(beginning.returnUrl);
    this.limits.beginnings.take(`${standing.caller.issuer} ${standing.caller.subject}`);
    const createdAt = this.clock.now();
    const session: ConnectSession = {
      ...beginning,
      id: uuidv7(),
      workspaceId: standing.workspace.id,
      purpose: beginning.connectionId ? 'reconnect' : 'connect',
      state: 'created',
      stateHash: null,
      browserHash: null,
      resultHash: null,
      sealedVerifier: null,
      redirectUri,
      requestedScopes: [...adapter.scopes],
      issuer: standing.caller.issuer,
      subject: standing.caller.subject,
      subjectName: standing.actor.name,
      onBehalfOfWorkspace: standing.actor.onBehalfOfWorkspace,
      createdAt,
      linkExpiresAt: new Date(createdAt.getTime() + this.settings.linkLifetimeMs),
      chooseUntil: null,
      pendingGrant: 'none',
      offer: null,
      planned: [],
      healed: [],
      failure: null,
    };
    await stores.sessions.save(session);
    // On the host of the redirect URI, since the browser's cookie must come back with the redirect.
    const startUrl = new URL(`/connect/sessions/${session.id}/start`, redirectUri).href;
    return { id: session.id, startUrl, expiresAt: session.linkExpiresAt.toISOString() };
  }
}
