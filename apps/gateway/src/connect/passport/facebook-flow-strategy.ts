import { Strategy, type VerifyFunction } from 'passport-facebook';
import type { PlatformAdapter } from '@mooring/adapters-core';
import { type FlowOptions, type FlowStrategyInput, packageOptions, readByAdapter } from './flow-strategy.ts';
import { FlowStateStore } from './flow-state-store.ts';
import { type OAuthTransport, sendThrough } from './token-request.ts';

/** passport-facebook with its addresses from the adapter, without the profile fetch, and with state and transport of ours. */
export class FacebookFlowStrategy extends Strategy {
  // No `#` member: passport runs a strategy on an object that only inherits from it.
  private readonly adapter: PlatformAdapter;

  constructor(input: FlowStrategyInput) {
    const verify = readByAdapter(input.adapter) as unknown as VerifyFunction;
    super({ ...packageOptions(input), store: new FlowStateStore() as never }, verify);
    this.adapter = input.adapter;
    sendThrough(this._oauth2 as unknown as OAuthTransport, input);
  }

  /** Facebook Login for Business takes the permissions of its configuration; Meta advises against a scope beside it. */
  override authenticate(request: Parameters<Strategy['authenticate']>[0], options: object = {}): void {
    const { asked } = options as Partial<FlowOptions>;
    const isConfigured = asked !== undefined && 'config_id' in this.adapter.authorizationParameters(asked);
    super.authenticate(request, isConfigured ? { ...options, scope: undefined } : options);
  }

  override authorizationParams(options: object): object {
    return { ...this.adapter.authorizationParameters((options as FlowOptions).asked) };
  }
}
