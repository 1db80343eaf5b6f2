import type { Static, TSchema } from '@sinclair/typebox';
import type { Secret } from '@mooring/contracts';
import {
  guardAnswer,
  parsePlatformJson,
  PlatformFailure,
  type PlatformHttp,
  type PlatformRequest,
} from '@mooring/adapters-core';
import { appSecretProof } from './appsecret-proof.ts';
import { classifyMetaAnswer } from './errors.ts';
import { fits, GraphErrorEnvelope } from './schemas.ts';

/** What is asked of Graph, and what the answer must look like. */
export interface GraphCall<T extends TSchema> {
  readonly url: string;
  readonly schema: T;
  /** Names the call to operators. */
  readonly what: string;
  readonly query?: Readonly<Record<string, string>>;
}

/** The app as Graph knows it. */
export interface GraphApp {
  readonly appId: string;
  readonly appSecret: Secret;
}

/** Calls to Graph with a token of a person or a Page, or with the app's own. */
export class Graph {
  readonly #app: GraphApp;
  readonly #http: PlatformHttp;

  constructor(app: GraphApp, http: PlatformHttp) {
    this.#app = app;
    this.#http = http;
  }

  /** GET with a person's or Page's token and its proof. */
  async read<T extends TSchema>(token: Secret, call: GraphCall<T>): Promise<Static<T>> {
    const credentials = { access_token: token.reveal(), appsecret_proof: appSecretProof(token, this.#app.appSecret) };
    return this.#answer({ method: 'GET', url: call.url, query: { ...call.query, ...credentials } }, call);
  }

  /** GET or DELETE with the app token `{app-id}|{app-secret}`. What Graph holds against it is the operator's to mend. */
  async asApp<T extends TSchema>(method: 'GET' | 'DELETE', call: GraphCall<T>): Promise<Static<T>> {
    const credentials = { access_token: `${this.#app.appId}|${this.#app.appSecret.reveal()}` };
    return this.#answer({ method, url: call.url, query: { ...call.query, ...credentials } }, call);
  }

  /** POST of a form with the app's id and secret, out of the URL. */
  async exchange<T extends TSchema>(form: Readonly<Record<string, string>>, call: GraphCall<T>): Promise<Static<T>> {
    const credentials = { client_id: this.#app.appId, client_secret: this.#app.appSecret.reveal() };
    return this.#answer({ method: 'POST', url: call.url, form: { ...form, ...credentials } }, call);
  }

  async #answer<T extends TSchema>(request: PlatformRequest, call: GraphCall<T>): Promise<Static<T>> {
    const { status, body, headers } = await this.#http.send(request);
    if (status < 200 || status >= 300) throw classifyMetaAnswer(status, body, headers);
    const answer = parsePlatformJson(body);
    if (fits(GraphErrorEnvelope, answer)) throw classifyMetaAnswer(status, body, headers);
    return guardAnswer(call.schema, answer, call.what);
  }
}

/**
 * A refusal of a call that was made with the app's own token speaks of the app, never of the person asked about: a wrong app
 * secret reads as 190 there and must not look like a dead connection.
 */
export function refusalOfApp(error: unknown): unknown {
  if (!(error instanceof PlatformFailure) || !SPEAKS_OF_TOKEN.has(error.class)) return error;
  return new PlatformFailure({ class: 'misconfigured', platformCode: error.platformCode, detail: error.message });
}

const SPEAKS_OF_TOKEN: ReadonlySet<string> = new Set([
  'reauthorization_required',
  'permission_missing',
  'user_action_required',
]);
