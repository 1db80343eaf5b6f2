import { guardAnswer, parsePlatformJson, type PlatformHttp } from '@mooring/adapters-core';
import type { Secret } from '@mooring/contracts';
import type { Static, TSchema } from '@sinclair/typebox';
import { classifyXAnswer, isRefusal } from './errors.ts';

/** What is asked of the API, and what the answer must look like. */
export interface ApiCall<T extends TSchema> {
  readonly url: string;
  readonly query: Readonly<Record<string, string>>;
  readonly schema: T;
  /** Names the call to operators. */
  readonly what: string;
}

/** Reads of version 2 of the API with a person's token. */
export class Api {
  readonly #http: PlatformHttp;
  readonly #now: () => Date;

  constructor(ports: { readonly http: PlatformHttp; readonly now: () => Date }) {
    this.#http = ports.http;
    this.#now = ports.now;
  }

  /** One GET. An answer of status 200 may hold `errors` in place of what was asked for; beside it they are let pass. */
  async read<T extends TSchema>(token: Secret, call: ApiCall<T>): Promise<Static<T>> {
    const { status, body, headers } = await this.#http.send({
      method: 'GET',
      url: call.url,
      query: call.query,
      headers: { authorization: `Bearer ${token.reveal()}` },
    });
    const refusal = { status, body, headers, at: 'api' } as const;
    if (status < 200 || status >= 300) throw classifyXAnswer(refusal, this.#now());
    const answer = parsePlatformJson(body);
    if (isRefusal(answer)) throw classifyXAnswer(refusal, this.#now());
    return guardAnswer(call.schema, answer, call.what);
  }
}
