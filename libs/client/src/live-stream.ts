import type { DurationMs } from '@mooring/contracts';
import { createParser } from 'eventsource-parser';
import { type BackOff, backOffMs } from './back-off.ts';

/** One message of the live stream; `data` is the parsed JSON. */
export interface LiveMessage {
  readonly id: string | null;
  readonly type: string;
  readonly data: unknown;
}

/** `open`: messages flow. `waiting`: the connection is lost and a new attempt is due. `closed`: by the caller, or by a 204. */
export type LiveState = 'connecting' | 'open' | 'waiting' | 'closed';

/** What {@link openLiveStream} needs; the defaults suit a browser. */
export interface LiveStreamOptions {
  readonly url: string;
  /** Asked before every attempt, so that a renewed token is used. */
  readonly accessToken: () => Promise<string>;
  readonly onMessage: (message: LiveMessage) => void;
  readonly onState?: (state: LiveState) => void;
  readonly headers?: Readonly<Record<string, string>>;
  /** Resume after this message. */
  readonly lastEventId?: string;
  readonly backOff?: BackOff;
  /** Without a byte (heartbeats count) for this long, the connection is taken for dead. */
  readonly silenceMs?: DurationMs;
  readonly fetch?: typeof fetch;
  readonly random?: () => number;
}

/** An open stream. */
export interface LiveStream {
  readonly close: () => void;
}

const BACK_OFF: BackOff = { baseMs: 1_000, maxMs: 30_000 };
const SILENCE_MS = 60_000;
/** A longer buffered line or message than this is no message of ours. */
const MESSAGE_CHARACTERS_MAX = 1_000_000;
const NO_CONTENT = 204;

/**
 * Follows a server-sent event stream (WHATWG HTML, section 9.2) over fetch, with an Authorization header. A lost
 * connection is taken up again with `Last-Event-ID` after a growing, jittered wait; the server's `retry` sets its start.
 */
export function openLiveStream(options: LiveStreamOptions): LiveStream {
  const follower = new Follower(options);
  void follower.run();
  return { close: () => follower.close() };
}

class Follower {
  readonly #options: LiveStreamOptions;
  readonly #closing = new AbortController();
  #lastEventId: string | undefined;
  #backOff: BackOff;
  #failures = 0;

  constructor(options: LiveStreamOptions) {
    this.#options = options;
    this.#lastEventId = options.lastEventId;
    this.#backOff = options.backOff ?? BACK_OFF;
  }

  async run(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      this.#tell('connecting');
      const outcome = await this.#followOnce().catch(() => 'lost' as const);
      if (outcome === 'ended') break;
      if (this.#closing.signal.aborted) return;
      this.#failures += 1;
      this.#tell('waiting');
      await sleep(backOffMs(this.#failures, this.#backOff, this.#options.random ?? Math.random), this.#closing.signal);
    }
    this.close();
  }

  close(): void {
    if (this.#closing.signal.aborted) return;
    this.#tell('closed');
    this.#closing.abort();
  }

  async #followOnce(): Promise<'ended' | 'lost'> {
    const attempt = new AbortController();
    const signal = AbortSignal.any([this.#closing.signal, attempt.signal]);
    const silence = new SilenceTimer(this.#options.silenceMs ?? SILENCE_MS, () => attempt.abort());
    try {
      const response = await this.#request(signal);
      if (response.status === NO_CONTENT) return 'ended';
      if (!response.ok || !response.body) return 'lost';
      this.#tell('open');
      await this.#read(response.body, silence);
      return 'lost';
    } finally {
      silence.stop();
      attempt.abort();
    }
  }

  async #request(signal: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = {
      ...this.#options.headers,
      accept: 'text/event-stream',
      authorization: `Bearer ${await this.#options.accessToken()}`,
    };
    if (this.#lastEventId !== undefined) headers['last-event-id'] = this.#lastEventId;
    const call = this.#options.fetch ?? fetch;
    return call(this.#options.url, { headers, signal, cache: 'no-store', redirect: 'error' });
  }

  async #read(body: ReadableStream<Uint8Array>, silence: SilenceTimer): Promise<void> {
    const decoder = new TextDecoder();
    const parser = createParser({
      maxBufferSize: MESSAGE_CHARACTERS_MAX,
      onRetry: (baseMs) => (this.#backOff = { ...this.#backOff, baseMs: Math.min(baseMs, this.#backOff.maxMs) }),
      onEvent: (event) => {
        if (event.id !== undefined) this.#lastEventId = event.id;
        this.#hand({ id: event.id ?? null, type: event.event ?? 'message', data: parsed(event.data) });
      },
    });
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      this.#failures = 0;
      silence.restart();
      parser.feed(decoder.decode(value, { stream: true }));
    }
  }

  #hand(message: LiveMessage): void {
    if (!this.#closing.signal.aborted) this.#options.onMessage(message);
  }

  #tell(state: LiveState): void {
    if (!this.#closing.signal.aborted) this.#options.onState?.(state);
  }
}

class SilenceTimer {
  readonly #afterMs: DurationMs;
  readonly #expired: () => void;
  #timer: ReturnType<typeof setTimeout>;

  constructor(afterMs: DurationMs, expired: () => void) {
    this.#afterMs = afterMs;
    this.#expired = expired;
    this.#timer = setTimeout(expired, afterMs);
  }

  restart(): void {
    this.stop();
    this.#timer = setTimeout(this.#expired, this.#afterMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}

function sleep(durationMs: DurationMs, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, durationMs);
    signal.addEventListener('abort', done, { once: true });
  });
}
