import type { DurationMs } from '@mooring/contracts';
import { Agent, buildConnector, type Dispatcher, request } from 'undici';
import { PlatformFailure } from './platform-failure.ts';
import type { PlatformHttp, PlatformRequest, PlatformResponse } from './platform-http.ts';

/** How the HTTP port behaves; every bound has a default. */
export interface PlatformHttpSettings {
  /** Scheme, host and port of every platform that may be called, as `https://graph.facebook.com`. */
  readonly origins: readonly string[];
  /** TCP and TLS; 5 s by default. */
  readonly connectTimeoutMs?: DurationMs;
  /** From the request's beginning to the answer's last byte; 15 s by default. */
  readonly timeoutMs?: DurationMs;
  /** Largest answer that is read; 2 MiB by default. */
  readonly maxBytes?: number;
  /** Connections held open to one origin; 16 by default. */
  readonly connectionsMax?: number;
  /** Called when the platform has begun to answer and nothing of the answer has been read. */
  readonly beforeReading?: () => Promise<void>;
}

/** The HTTP port with what it takes to stop. */
export interface ClosablePlatformHttp extends PlatformHttp {
  /** Lets what is under way finish, then closes every connection. */
  close(): Promise<void>;
}

const DEFAULTS = {
  connectTimeoutMs: 5_000,
  timeoutMs: 15_000,
  maxBytes: 2 * 1_024 * 1_024,
  connectionsMax: 16,
} as const;
const KEEP_ALIVE_MS = 4_000;
const LITERAL_QUERY = /^[A-Za-z0-9_=(),]*$/;

/**
 * The HTTP port of all adapters: one attempt, no redirect followed, no proxy of the environment, bounded time, size and
 * connections, and only the origins that the adapters name.
 *
 * A failure says `mayHaveArrived: false` only where no connection came about (DNS, refused, TLS handshake, connect timeout):
 * nothing was written then. Its text names the fault's code and neither address nor parameters, and it has no cause,
 * because errors of the HTTP parser quote the answer.
 */
export function createPlatformHttp(settings: PlatformHttpSettings): ClosablePlatformHttp {
  return new UndiciPlatformHttp(settings);
}

class UndiciPlatformHttp implements ClosablePlatformHttp {
  readonly #origins: ReadonlySet<string>;
  readonly #timeoutMs: DurationMs;
  readonly #maxBytes: number;
  readonly #beforeReading: (() => Promise<void>) | undefined;
  readonly #agent: Agent;
  readonly #beforeConnection = new WeakSet<object>();

  constructor(settings: PlatformHttpSettings) {
    // What is no URL can't be called either: whoever named it says so better.
    this.#origins = new Set(settings.origins.filter((url) => URL.canParse(url)).map((url) => new URL(url).origin));
    this.#timeoutMs = settings.timeoutMs ?? DEFAULTS.timeoutMs;
    this.#maxBytes = settings.maxBytes ?? DEFAULTS.maxBytes;
    this.#beforeReading = settings.beforeReading;
    const connect = buildConnector({ timeout: settings.connectTimeoutMs ?? DEFAULTS.connectTimeoutMs });
    this.#agent = new Agent({
      connections: settings.connectionsMax ?? DEFAULTS.connectionsMax,
      pipelining: 1,
      allowH2: false,
      keepAliveTimeout: KEEP_ALIVE_MS,
      headersTimeout: this.#timeoutMs,
      bodyTimeout: this.#timeoutMs,
      connect: (options, callback) =>
        connect(options, (...outcome) => {
          if (outcome[0]) this.#beforeConnection.add(outcome[0]);
          callback(...outcome);
        }),
    });
  }

  async send(platformRequest: PlatformRequest): Promise<PlatformResponse> {
    const url = this.#addressOf(platformRequest);
    try {
      const answer = await request(url, {
        dispatcher: this.#agent,
        method: platformRequest.method,
        headers: headersOf(platformRequest),
        body: bodyOf(platformRequest),
        signal: AbortSignal.timeout(this.#timeoutMs),
      });
      await this.#beforeReading?.();
      return {
        status: answer.statusCode,
        headers: flatten(answer.headers),
        body: await this.#read(answer.body),
      };
    } catch (error) {
      throw this.#failure(error);
    }
  }

  async close(): Promise<void> {
    if (!this.#agent.closed) await this.#agent.close();
  }

  #addressOf({ url, query, literalQuery }: PlatformRequest): URL {
    const address = URL.canParse(url) ? new URL(url) : undefined;
    if (
      !address ||
      address.search !== '' ||
      address.hash !== '' ||
      address.username !== '' ||
      address.password !== ''
    ) {
      throw new PlatformFailure({
        class: 'misconfigured',
        detail: 'the address of a platform must be absolute, without query and credentials',
        mayHaveArrived: false,
      });
    }
    if (!this.#origins.has(address.origin)) {
      throw new PlatformFailure({
        class: 'misconfigured',
        detail: `${address.host} is not a host of any configured platform`,
        mayHaveArrived: false,
      });
    }
    if (literalQuery !== undefined && !LITERAL_QUERY.test(literalQuery)) {
      throw new PlatformFailure({
        class: 'unexpected',
        detail: 'a literal query must hold letters, digits and _=(), only',
        mayHaveArrived: false,
      });
    }
    address.search = literalQuery ?? new URLSearchParams(query).toString();
    return address;
  }

  async #read(body: Dispatcher.ResponseData['body']): Promise<string> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      // Leaving the loop destroys the stream, and the connection with it.
      if (size > this.#maxBytes) throw new PlatformFailure({ class: 'transient', detail: 'the answer is too large' });
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  }

  #failure(error: unknown): PlatformFailure {
    if (error instanceof PlatformFailure) return error;
    return new PlatformFailure({
      class: 'transient',
      detail: `no complete answer (${faultCode(error)})`,
      mayHaveArrived: !(isObject(error) && this.#beforeConnection.has(error)),
    });
  }
}

function bodyOf({ form, json }: PlatformRequest): string | null {
  if (form) return new URLSearchParams(form).toString();
  return json ? JSON.stringify(json) : null;
}

function headersOf({ form, json, headers }: PlatformRequest): Record<string, string> {
  const type = form ? 'application/x-www-form-urlencoded' : json ? 'application/json; charset=UTF-8' : null;
  const contentType: Record<string, string> = type ? { 'content-type': type } : {};
  return { accept: 'application/json', 'user-agent': 'Mooring', ...contentType, ...headers };
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const entries = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), [value].flat().join(', ')] as const,
  );
  return Object.fromEntries(entries);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function faultCode(error: unknown): string {
  if (!isObject(error)) return 'UNKNOWN';
  if ('name' in error && error.name === 'TimeoutError') return 'TIMEOUT';
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'UNKNOWN';
}
