/** What one run of a strategy carries: the state that was made and checked by us, and the PKCE verifier. */
export interface OAuthFlow {
  readonly state: string;
  verifier: string | null;
}

/** The request that a strategy sees: just what it reads. */
export interface FlowRequest {
  readonly query: Readonly<Record<string, string>>;
  readonly flow: OAuthFlow;
}

type StoreCallback = (error: Error | null, state?: string) => void;
type VerifyCallback = (error: Error | null, ok: boolean | string, state?: unknown) => void;

/**
 * State is ours: made, bound to the browser and used up by the use cases, before a strategy runs at all. passport-oauth2
 * chooses a store's signature by its number of parameters: exactly 5 for `store`, 4 for `verify`.
 */
export class FlowStateStore {
  // eslint-disable-next-line max-params
  store(
    request: FlowRequest,
    verifier: string | undefined,
    _state: unknown,
    _meta: unknown,
    done: StoreCallback,
  ): void {
    request.flow.verifier = verifier ?? null;
    done(null, request.flow.state);
  }

  /** A string in place of `true` is sent as `code_verifier`. */
  verify(request: FlowRequest, providedState: string, _meta: unknown, done: VerifyCallback): void {
    done(null, providedState === request.flow.state && (request.flow.verifier ?? true));
  }
}
