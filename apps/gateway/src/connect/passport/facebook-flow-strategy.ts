import type { PlatformAdapter, PlatformHttp } from '@mooring/adapters-core';
import { Strategy, type VerifyFunction } from 'passport-facebook';
import { FlowStateStore } from './flow-state-store.ts';
import { type OAuthTransport, sendThrough } from './token-request.ts';

/** What a strategy is made from. */
export interface FlowStrategyInput {
  readonly adapter: PlatformAdapter;
  readonly redirectUri: string;
  readonly http: PlatformHttp;
}

/** The token endpoint's answer as it came. */
export interface RawTokens {
  readonly accessToken: unknown;
  readonly refreshToken: unknown;
  readonly answer: Readonly<Record<string, unknown>>;
}

type Verified = (error: null, tokens: RawTokens) => void;

/** A strategy's verify callback. Five parameters, or passport-oauth2 leaves the token endpoint's answer out. */
// eslint-disable-next-line max-params
export function keepRawAnswer(
  accessToken: unknown,
  refreshToken: unknown,
  answer: Record<string, unknown>,
  _profile: unknown,
  done: Verified,
): void {
  done(null, { accessToken, refreshToken, answer });
}

/** passport-facebook with its addresses from the adapter, without the profile fetch, and with state and transport of ours. */
export class FacebookFlowStrategy extends Strategy {
  constructor({ adapter, redirectUri, http }: FlowStrategyInput) {
    super(
      {
        clientID: adapter.credentials.clientId,
        clientSecret: adapter.credentials.clientSecret.reveal(),
        callbackURL: redirectUri,
        authorizationURL: adapter.endpoints.authorizationUrl,
        tokenURL: adapter.endpoints.tokenUrl,
        // Never fetched; named, so that no retired default of the package can be.
        profileURL: adapter.endpoints.tokenUrl,
        skipUserProfile: true,
        store: new FlowStateStore() as never,
      },
      keepRawAnswer as unknown as VerifyFunction,
    );
    sendThrough(this._oauth2 as unknown as OAuthTransport, { http, adapter });
  }

  override authorizationParams(options: object): object {
    return 'extra' in options ? { ...(options.extra as object) } : {};
  }
}
