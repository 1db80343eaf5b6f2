import type { Static, TSchema } from '@sinclair/typebox';
import type { Secret } from '@mooring/contracts';
import { PlatformFailure, type PlatformHttp } from '@mooring/adapters-core';
import { appSecretProof } from '../graph/appsecret-proof.ts';
import { type Expected, GraphHttp, type ReadAnswer } from '../graph/graph-http.ts';
import { FACEBOOK_ERRORS } from './errors.ts';

/** What is asked of Graph, and what the answer must look like. */
export interface GraphCall<T extends TSchema> extends Expected<T> {
  readonly url: string;
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
  readonly #http: GraphHttp;

  constructor(app: GraphApp, http: PlatformHttp) {
    this.#app = app;
    this.#http = new GraphHttp(http, FACEBOOK_ERRORS);
  }

  /** GET with a person's or Page's token and its proof. */
  async read<T extends TSchema>(token: Secret, call: GraphCall<T>): Promise<Static<T>> {
    const credentials = { access_token: token.reveal(), appsecret_proof: appSecretProof(token, this.#app.appSecret) };
    return this.#http.ask({ method: 'GET', url: call.url, query: { ...call.query, ...credentials } }, call);
  }

  /** GET or DELETE with the app token `{app-id}|{app-secret}`. What Graph holds against it is the operator's to mend. */
  async asApp<T extends TSchema>(method: 'GET' | 'DELETE', call: GraphCall<T>): Promise<Static<T>> {
    return (await this.asAppWithHeaders(method, call)).answer;
  }

  /** As {@link asApp}, with the answer's headers. */
  async asAppWithHeaders<T extends TSchema>(method: 'GET' | 'DELETE', call: GraphCall<T>): Promise<ReadAnswer<T>> {
    const credentials = { access_token: `${this.#app.appId}|${this.#app.appSecret.reveal()}` };
    return this.#http.send({ method, url: call.url, query: { ...call.query, ...credentials } }, call);
  }

  /** POST of a form with the app's id and secret, out of the URL. */
  async exchange<T extends TSchema>(form: Readonly<Record<string, string>>, call: GraphCall<T>): Promise<Static<T>> {
    const credentials = { client_id: this.#app.appId, client_secret: this.#app.appSecret.reveal() };
    return this.#http.ask({ method: 'POST', url: call.url, form: { ...form, ...credentials } }, call);
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

/**
 * Where one edge is refused for good, discovery goes on without it; an outage or a limit ends it, since a list that lacks
 * accounts for a moment would read as accounts lost.
 */
export async function unlessRefused<T>(reading: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (isRefusal(error)) return otherwise;
    throw error;
  }
}

/** True where Graph refused this one call, and neither the token, the app nor everything for now. */
export function isRefusal(error: unknown): error is PlatformFailure {
  return error instanceof PlatformFailure && REFUSALS.has(error.class);
}

const REFUSALS: ReadonlySet<string> = new Set(['permission_missing', 'user_action_required', 'unexpected']);
const SPEAKS_OF_TOKEN: ReadonlySet<string> = new Set([
  'reauthorization_required',
  'permission_missing',
  'user_action_required',
]);
