import type { AuthorizationRequest, ExchangedTokens, PlatformAdapter, PlatformHttp } from '@mooring/adapters-core';

/** What a strategy is made from. */
export interface FlowStrategyInput {
  readonly adapter: PlatformAdapter;
  readonly redirectUri: string;
  readonly http: PlatformHttp;
}

/** What a strategy is run with on the way out. */
export interface FlowOptions {
  /** As passport's packages want it. */
  readonly scope: string[];
  /** What the adapter makes its own parameters of. */
  readonly asked: AuthorizationRequest;
}

type Verified = (error: null, tokens: ExchangedTokens) => void;

/** A passport package's verify callback. */
export type FlowVerify = (
  ...given: [accessToken: unknown, refreshToken: unknown, answer: object, profile: unknown, done: Verified]
) => void;

/**
 * A verify callback that has the adapter read the token endpoint's answer, whatever the package made of it; what the adapter
 * throws comes out of the strategy as its error.
 */
export function readByAdapter({ flow }: Pick<PlatformAdapter, 'flow'>): FlowVerify {
  // Five parameters, or passport-oauth2 leaves the token endpoint's answer out.
  // eslint-disable-next-line max-params
  return (accessToken, refreshToken, answer, _profile, done) => {
    if (flow.strategy === 'adapter') throw new TypeError('the adapter exchanges codes itself');
    done(null, flow.readTokenAnswer({ ...answer, access_token: accessToken, refresh_token: refreshToken }));
  };
}

/** The settings that strategies of passport-oauth2's kind share: addresses of the adapter, no profile, state of ours. */
export function packageOptions({ adapter, redirectUri }: FlowStrategyInput) {
  return {
    clientID: adapter.credentials.clientId,
    clientSecret: adapter.credentials.clientSecret.reveal(),
    callbackURL: redirectUri,
    authorizationURL: adapter.endpoints.authorizationUrl,
    tokenURL: adapter.endpoints.tokenUrl,
    // Never fetched; named, so that no retired default of a package can be.
    profileURL: adapter.endpoints.tokenUrl,
    skipUserProfile: true,
  };
}
