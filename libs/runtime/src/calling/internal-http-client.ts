import { MooringError, type ProblemCode } from '@mooring/contracts';
import { ExponentialBackoff, handleWhen, retry, type RetryPolicy } from 'cockatiel';
import { currentContext } from '../tracing/request-context.ts';
import { formatTraceparent } from '../tracing/traceparent.ts';
import { problemFromBody } from './problem-from-answer.ts';
import type { ServiceTokenSource } from './service-token-source.ts';

/** How another of our services is called. */
export interface InternalHttpClientSettings {
  readonly baseUrl: string;
  readonly tokens: ServiceTokenSource;
  /** Of one attempt, with its answer's body. */
  readonly timeoutMs?: number;
  /** Attempts after the first, where repeating is safe. */
  readonly retriesMax?: number;
  /** What a caller is told when the service can't be reached; `vault_unavailable` for the vault. */
  readonly unavailableCode?: ProblemCode;
  readonly answerBytesMax?: number;
}

/** One call. */
export interface InternalCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with query, from the root. */
  readonly path: string;
  readonly body?: unknown;
  /** The receiver does it once however often it is asked; GET, PUT and DELETE are so by themselves. */
  readonly idempotent?: boolean;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 5_000;
const RETRIES_MAX = 2;
const ANSWER_BYTES_MAX = 1024 * 1024;
const BACKOFF = new ExponentialBackoff({ initialDelay: 50, maxDelay: 500 });
const UNAUTHORIZED = 401;
const NO_CONTENT = 204;
const RETRYABLE_STATUSES = new Set([502, 503, 504]);
/** The request can't have arrived: repeating is safe whatever it was. */
const NOT_SENT_CODES = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Thrown inside when an attempt got no usable answer; callers see a MooringError. */
class AttemptFailed extends Error {
  constructor(
    readonly sent: boolean,
    options: ErrorOptions = {},
  ) {
    super('the service gave no usable answer', options);
  }
}

function wasSent(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  const code: unknown = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return !(typeof code === 'string' && NOT_SENT_CODES.has(code));
}

async function readJson(response: Response, bytesMax: number): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) throw new AttemptFailed(true, { cause: new RangeError('the answer is too large') });
    chunks.push(chunk);
  }
  if (bytes === 0 || response.status === NO_CONTENT) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    // The parser's message quotes the answer.
    return undefined;
  }
}

/** Calls another of our services: service token, ids of the request, timeouts, retries only where repeating does no harm. */
export class InternalHttpClient {
  readonly #settings: InternalHttpClientSettings;
  readonly #baseUrl: string;
  readonly #retryAlways: RetryPolicy;
  readonly #retryUnsent: RetryPolicy;

  constructor(settings: InternalHttpClientSettings) {
    this.#settings = settings;
    this.#baseUrl = settings.baseUrl.replace(/\/+$/, '');
    const limits = { maxAttempts: settings.retriesMax ?? RETRIES_MAX, backoff: BACKOFF };
    this.#retryAlways = retry(
      handleWhen((error) => error instanceof AttemptFailed),
      limits,
    );
    this.#retryUnsent = retry(
      handleWhen((error) => error instanceof AttemptFailed && !error.sent),
      limits,
    );
  }

  /**
   * The answer's JSON; undefined for 204. The shape is the callee's contract.
   * @throws MooringError with the code that the service told, or with `unavailableCode` when it can't be reached
   */
  async request<T>(call: InternalCall): Promise<T> {
    const repeatable = call.idempotent ?? (call.method !== 'POST' && call.method !== 'PATCH');
    const policy = repeatable ? this.#retryAlways : this.#retryUnsent;
    try {
      return (await policy.execute(() => this.#attempt(call, true))) as T;
    } catch (error) {
      if (!(error instanceof AttemptFailed)) throw error;
      // A problem that the service told itself (say platform_unavailable) is told on as it is.
      if (error.cause instanceof MooringError) throw error.cause;
      throw new MooringError(this.#settings.unavailableCode ?? 'temporarily_unavailable', { cause: error });
    }
  }

  async #attempt(call: InternalCall, mayRenewToken: boolean): Promise<unknown> {
    const response = await this.#send(call);
    const answer = await this.#read(response);
    if (response.ok) return answer;
    if (response.status === UNAUTHORIZED && mayRenewToken) {
      this.#settings.tokens.forget();
      return this.#attempt(call, false);
    }
    throw this.#refusal(response, answer);
  }

  #refusal(response: Response, answer: unknown): Error {
    const problem = problemFromBody(answer, response.headers.get('retry-after'));
    if (RETRYABLE_STATUSES.has(response.status)) return new AttemptFailed(true, { cause: problem });
    // Our own token or route being refused is our fault and not the caller's.
    if (problem === undefined || problem.code === 'unauthenticated' || problem.code === 'scope_missing') {
      return new MooringError('internal_error', { cause: new Error(`the service answered ${response.status}`) });
    }
    return problem;
  }

  async #send(call: InternalCall): Promise<Response> {
    const token = await this.#settings.tokens.token();
    const context = currentContext();
    const headers: Record<string, string> = {
      accept: 'application/json',
      authorization: `Bearer ${token.reveal()}`,
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(context && { 'x-request-id': context.requestId, traceparent: formatTraceparent(context.trace) }),
    };
    const signal = AbortSignal.timeout(call.timeoutMs ?? this.#settings.timeoutMs ?? TIMEOUT_MS);
    const body = call.body === undefined ? null : JSON.stringify(call.body);
    try {
      return await fetch(this.#baseUrl + call.path, { method: call.method, headers, body, redirect: 'error', signal });
    } catch (error) {
      throw new AttemptFailed(wasSent(error), { cause: error });
    }
  }

  async #read(response: Response): Promise<unknown> {
    try {
      return await readJson(response, this.#settings.answerBytesMax ?? ANSWER_BYTES_MAX);
    } catch (error) {
      throw error instanceof AttemptFailed ? error : new AttemptFailed(true, { cause: error });
    }
  }
}
