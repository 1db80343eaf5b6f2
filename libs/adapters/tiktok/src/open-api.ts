import type { Static, TSchema } from '@sinclair/typebox';
import {
  guardAnswer,
  parsePlatformJson,
  PlatformFailure,
  type PlatformHttp,
  type PlatformRequest,
  type PlatformResponse,
} from '@mooring/adapters-core';
import type { Secret } from '@mooring/contracts';
import { classifyTikTokAnswer, isSuccess } from './errors.ts';

/** What is asked of the API, and what the `data` of its answer must look like. */
export interface ApiCall<T extends TSchema> {
  readonly url: string;
  readonly schema: T;
  /** Names the call to operators. */
  readonly what: string;
  /** The scope that the call needs; named where TikTok says that it isn't granted (C40). */
  readonly scope: string;
  readonly fields?: readonly string[];
  /** Sent by POST; a call without is a GET. */
  readonly json?: Readonly<Record<string, unknown>>;
}

/** The app as TikTok knows it. */
export interface TikTokApp {
  readonly clientKey: string;
  readonly clientSecret: Secret;
}

/** Calls to open.tiktokapis.com, each tried once. */
export class OpenApi {
  readonly #app: TikTokApp;
  readonly #http: PlatformHttp;

  constructor(app: TikTokApp, http: PlatformHttp) {
    this.#app = app;
    this.#http = http;
  }

  /** POST of a form with the app's key and secret. The caller judges the answer: its status doesn't. */
  asApp(url: string, form: Readonly<Record<string, string>>): Promise<PlatformResponse> {
    const credentials = { client_key: this.#app.clientKey, client_secret: this.#app.clientSecret.reveal() };
    return this.#http.send({ method: 'POST', url, form: { ...credentials, ...form } });
  }

  /** A call with an account's access token; a success is an answer whose error code is `ok`. */
  async call<T extends TSchema>(token: Secret, call: ApiCall<T>): Promise<Static<T>> {
    const { status, body, headers } = await this.#http.send(requestOf(token, call));
    // An answer that isn't JSON has no known error either.
    const answer = status < 500 && status !== 429 ? parsePlatformJson(body) : null;
    if (!isSuccess(answer)) throw namingScope(classifyTikTokAnswer(status, body, headers), call.scope);
    return guardAnswer(call.schema, (answer as { data?: unknown }).data, call.what);
  }
}

function requestOf<T extends TSchema>(token: Secret, { url, fields, json }: ApiCall<T>): PlatformRequest {
  return {
    method: json ? 'POST' : 'GET',
    url,
    headers: { authorization: `Bearer ${token.reveal()}` },
    ...(fields && { query: { fields: fields.join(',') } }),
    ...(json && { json }),
  };
}

function namingScope(failure: PlatformFailure, scope: string): PlatformFailure {
  if (failure.class !== 'permission_missing') return failure;
  const { class: failureClass, reason, platformCode, message: detail } = failure;
  return new PlatformFailure({ class: failureClass, reason, platformCode, detail, scopes: [scope] });
}
