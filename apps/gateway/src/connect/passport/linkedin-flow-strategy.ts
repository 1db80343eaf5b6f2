import { Strategy, type VerifyFunction } from 'passport-linkedin-oauth2';
import type { PlatformAdapter } from '@mooring/adapters-core';
import { type FlowOptions, type FlowStrategyInput, packageOptions, readByAdapter } from './flow-strategy.ts';
import { FlowStateStore } from './flow-state-store.ts';
import { type OAuthTransport, sendThrough } from './token-request.ts';

/**
 * passport-linkedin-oauth2 with its addresses from the adapter, and with state and transport of ours. Its defaults are of
 * another time: scopes that LinkedIn has retired, and a profile fetched with the token in the address. Neither is used here.
 */
export class LinkedInFlowStrategy extends Strategy {
  // No `#` member: passport runs a strategy on an object that only inherits from it.
  private readonly adapter: PlatformAdapter;

  constructor(input: FlowStrategyInput) {
    const { adapter } = input;
    // The package hands all it is given to passport-oauth2; its types know less.
    const options = { ...packageOptions(input), scope: [...adapter.scopes], store: new FlowStateStore() };
    super(options, readByAdapter(adapter) as unknown as VerifyFunction);
    this.adapter = input.adapter;
    sendThrough((this as unknown as { readonly _oauth2: OAuthTransport })._oauth2, input);
  }

  /** Called by passport-oauth2. The package's own would only repeat the state. */
  authorizationParams(options: object): object {
    return { ...this.adapter.authorizationParameters((options as FlowOptions).asked) };
  }
}
