import type { Static, TSchema } from '@sinclair/typebox';
import {
  guardAnswer,
  parsePlatformJson,
  PlatformFailure,
  type PlatformHttp,
  type PlatformRequest,
} from '@mooring/adapters-core';
import { type DurationMs, minutes, type Secret, seconds } from '@mooring/contracts';
import { type Classify, saysRevoked } from './errors.ts';
import { fits, OAuthErrorEnvelope } from './schemas.ts';
import type { LinkedInSettings } from './settings.ts';

/** What both kinds of calls go through. */
export interface CallPorts {
  readonly http: PlatformHttp;
  readonly now: () => Date;
  /** Waits in real time. */
  readonly pause: (forMs: DurationMs) => Promise<void>;
  readonly classify: Classify;
}

/** What is asked of LinkedIn, and what the answer must look like. */
export interface Call<T extends TSchema> {
  readonly url: string;
  readonly schema: T;
  /** Names the call to operators. */
  readonly what: string;
}

/** A call of the API with a member's token. */
export interface ApiCall<T extends TSchema> extends Call<T>, Pick<PlatformRequest, 'query' | 'literalQuery'> {
  readonly headers?: Readonly<Record<string, string>>;
  /** When the token was issued; null where that isn't known. */
  readonly issuedAt: Date | null;
}

/** A token as young as this may be called revoked though it isn't: for about ten seconds, by many reports. */
const FRESH_MS: DurationMs = minutes(1);
const FRESH_PAUSES_MS: readonly DurationMs[] = [seconds(1), seconds(2), seconds(4), seconds(8)];

/** Calls of the versioned API with a member's token, which goes in a header. */
export class Api {
  readonly #ports: CallPorts;
  readonly #version: string;

  constructor(settings: Pick<LinkedInSettings, 'version'>, ports: CallPorts) {
    this.#ports = ports;
    this.#version = settings.version;
  }

  /** Throws PlatformFailure. A fresh token that is called revoked is tried again a few times, and is no dead token then. */
  async get<T extends TSchema>(token: Secret, call: ApiCall<T>): Promise<Static<T>> {
    for (const pauseMs of [...FRESH_PAUSES_MS, null]) {
      try {
        return await this.#once(token, call);
      } catch (error) {
        const leftMs = this.#freshForMs(call.issuedAt);
        if (!(error instanceof PlatformFailure) || !saysRevoked(error) || leftMs === null) throw error;
        if (pauseMs === null) throw notYet(error, leftMs);
      }
      await this.#ports.pause(pauseMs);
    }
    throw new PlatformFailure({ class: 'transient', detail: 'unreachable' });
  }

  async #once<T extends TSchema>(token: Secret, call: ApiCall<T>): Promise<Static<T>> {
    const { url, query, literalQuery, headers } = call;
    const request: PlatformRequest = {
      method: 'GET',
      url,
      ...(query && { query }),
      ...(literalQuery !== undefined && { literalQuery }),
      headers: {
        authorization: `Bearer ${token.reveal()}`,
        'linkedin-version': this.#version,
        'x-restli-protocol-version': '2.0.0',
        ...headers,
      },
    };
    return answerOf(this.#ports, request, call);
  }

  /** Null once the token is too old for that. */
  #freshForMs(issuedAt: Date | null): DurationMs | null {
    const ageMs = issuedAt ? this.#ports.now().getTime() - issuedAt.getTime() : FRESH_MS;
    return Math.abs(ageMs) < FRESH_MS ? FRESH_MS - ageMs : null;
  }
}

/** Calls with the app's own id and secret, in a form. */
export class AppCalls {
  readonly #ports: Pick<CallPorts, 'http' | 'classify'>;
  readonly #app: Pick<LinkedInSettings, 'clientId' | 'clientSecret'>;

  constructor(settings: Pick<LinkedInSettings, 'clientId' | 'clientSecret'>, ports: CallPorts) {
    this.#ports = { http: ports.http, classify: appClassifier(ports.classify) };
    this.#app = settings;
  }

  async post<T extends TSchema>(form: Readonly<Record<string, string>>, call: Call<T>): Promise<Static<T>> {
    return answerOf(this.#ports, this.#request(form, call.url), call);
  }

  /** For a call whose success has no body worth reading. */
  async order(form: Readonly<Record<string, string>>, url: string): Promise<void> {
    const { status, body, headers } = await this.#ports.http.send(this.#request(form, url));
    if (status < 200 || status >= 300) throw this.#ports.classify(status, body, headers);
  }

  #request(form: Readonly<Record<string, string>>, url: string): PlatformRequest {
    const credentials = { client_id: this.#app.clientId, client_secret: this.#app.clientSecret.reveal() };
    return { method: 'POST', url, form: { ...form, ...credentials } };
  }
}

/** Where the app itself asks, a 401 without a known error means its secret (RFC 6749 section 5.2; token-introspection). */
function appClassifier(classify: Classify): Classify {
  return (status, body, headers) => {
    const failure = classify(status, body, headers);
    if (status !== 401 || failure.class !== 'unexpected') return failure;
    const { platformCode, message: detail } = failure;
    return new PlatformFailure({ class: 'misconfigured', platformCode, detail });
  };
}

async function answerOf<T extends TSchema>(
  { http, classify }: Pick<CallPorts, 'http' | 'classify'>,
  request: PlatformRequest,
  call: Call<T>,
): Promise<Static<T>> {
  const { status, body, headers } = await http.send(request);
  if (status < 200 || status >= 300) throw classify(status, body, headers);
  const answer = parsePlatformJson(body);
  if (fits(OAuthErrorEnvelope, answer)) throw classify(status, body, headers);
  return guardAnswer(call.schema, answer, call.what);
}

function notYet(refusal: PlatformFailure, leftMs: DurationMs): PlatformFailure {
  return new PlatformFailure({
    class: 'transient',
    platformCode: refusal.platformCode,
    retryAfterMs: leftMs,
    detail: 'LinkedIn calls a token revoked that it has just issued',
  });
}
