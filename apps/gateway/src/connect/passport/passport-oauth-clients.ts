import type { AuthorizationFlow, PlatformHttp } from '@mooring/adapters-core';
import type { Platform } from '@mooring/contracts';
import type { Strategy } from 'passport';
import type { Platforms } from '../../platforms/ports.ts';
import { type OAuthClient, OAuthClients } from '../ports.ts';
import { AdapterFlowStrategy } from './adapter-flow-strategy.ts';
import { FacebookFlowStrategy } from './facebook-flow-strategy.ts';
import type { FlowStrategyInput } from './flow-strategy.ts';
import { LinkedInFlowStrategy } from './linkedin-flow-strategy.ts';
import { PassportOAuthClient } from './passport-oauth-client.ts';
import type { VerifierSeal } from './verifier-seal.ts';

/** The strategies that an adapter may ask for by name; a platform without a package of its own takes `adapter`. */
const STRATEGIES: Readonly<Record<AuthorizationFlow['strategy'], new (input: FlowStrategyInput) => Strategy>> = {
  'passport-facebook': FacebookFlowStrategy,
  'passport-linkedin-oauth2': LinkedInFlowStrategy,
  adapter: AdapterFlowStrategy,
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
    const configured = this.platforms.get(platform);
    if (!configured) return undefined;
    const { adapter, redirectUri } = configured;
    const strategy = new STRATEGIES[adapter.flow.strategy]({ adapter, redirectUri, http: this.http });
    const client = new PassportOAuthClient({ strategy, adapter, redirectUri, seal: this.seal });
    this.#clients.set(platform, client);
    return client;
  }
}
