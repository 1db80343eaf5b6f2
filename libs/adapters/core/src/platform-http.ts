/** One request to a platform. Parameters are kept apart from the path so that no layer logs them with it. */
export interface PlatformRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Absolute URL without query. */
  readonly url: string;
  readonly query?: Readonly<Record<string, string>>;
  /**
   * In place of `query`, a query that goes out as it stands, for platforms that give unencoded punctuation a meaning
   * (Rest.li 2.0: `ids=List(1,2)`): letters, digits and `_=(),` only.
   */
  readonly literalQuery?: string;
  readonly form?: Readonly<Record<string, string>>;
  /** A body of JSON, where there is no form. */
  readonly json?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A platform's answer; the body is text, because ids beyond 2^53 must not pass through JSON numbers unseen. */
export interface PlatformResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The port through which adapters reach their platform: one attempt, no redirects, a timeout, a size cap, only allowed
 * hosts. Throws PlatformFailure of class `transient` when there is no complete answer, with `mayHaveArrived` false only
 * where the request can't have left (DNS, refused connection, TLS).
 */
export interface PlatformHttp {
  send(request: PlatformRequest): Promise<PlatformResponse>;
}
