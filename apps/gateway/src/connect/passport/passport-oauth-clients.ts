import type { PlatformHttp } from '@mooring/adapters-core';
import type { Platform } from '@mooring/contracts';
import type { Strategy } from 'passport';
import type { Platforms } from '../../platforms/ports.ts';
import { type OAuthClient, OAuthClients } from '../ports.ts';
import { FacebookFlowStrategy, type FlowStrategyInput } from './facebook-flow-strategy.ts';
import { PassportOAuthClient } from './passport-oauth-client.ts';
import type { VerifierSeal } from './verifier-seal.ts';

/** The strategy of each platform: a new one is one line here. */
const STRATEGIES: Partial<Record<Platform, new (input: FlowStrategyInput) => Strategy>> = {
  facebook: FacebookFlowStrategy,
};

/** OAuth clients of the configured platforms, made at first use. */
export class PassportOAuthClients extends OAuthClients {
  readonly #clients = new Map<Platform, OAuthClient>();

  constructor(
    private readonly platforms: Platforms,
    private readonly http: PlatformHttp,
    private readonly seal: VerifierSeal,
  ) {
    super();
  }

  get(platform: Platform): OAuthClient | undefined {
    const known = this.#clients.get(platform);
    if (known) return known;
    const StrategyOfPlatform = STRATEGIES[platform];
    const configured = this.platforms.get(platform);
    if (!StrategyOfPlatform || !configured) return undefined;
    const { adapter, redirectUri } = configured;
    const strategy = new StrategyOfPlatform({ adapter, redirectUri, http: this.http });
    const client = new PassportOAuthClient({ strategy, adapter, redirectUri, seal: this.seal });
    this.#clients.set(platform, client);
    return client;
  }
}
