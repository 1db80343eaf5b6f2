import { Strategy, type VerifyFunction } from 'passport-facebook';
import { type FlowOptions, type FlowStrategyInput, packageOptions, readByAdapter } from './flow-strategy.ts';
import { FlowStateStore } from './flow-state-store.ts';
import { type OAuthTransport, sendThrough } from './token-request.ts';

/** passport-facebook with its addresses from the adapter, without the profile fetch, and with state and transport of ours. */
export class FacebookFlowStrategy extends Strategy {
  constructor(input: FlowStrategyInput) {
    const verify = readByAdapter(input.adapter) as unknown as VerifyFunction;
    super({ ...packageOptions(input), store: new FlowStateStore() as never }, verify);
    sendThrough(this._oauth2 as unknown as OAuthTransport, input);
  }

  override authorizationParams(options: object): object {
    return 'extra' in options ? { ...(options as FlowOptions).extra } : {};
  }
}
