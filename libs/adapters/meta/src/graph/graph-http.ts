import type { Static, TSchema } from '@sinclair/typebox';
import {
  guardAnswer,
  parsePlatformJson,
  type PlatformHttp,
  type PlatformRequest,
  type PlatformResponse,
} from '@mooring/adapters-core';
import type { MetaClassifier } from './errors.ts';
import { fits, GraphErrorEnvelope } from './schemas.ts';

/** What an answer must look like. */
export interface Expected<T extends TSchema> {
  readonly schema: T;
  /** Names the call to operators. */
  readonly what: string;
}

/** An answer as it came and as it reads. */
export interface ReadAnswer<T extends TSchema> {
  readonly answer: Static<T>;
  readonly headers: PlatformResponse['headers'];
}

/** Calls to one of Meta's hosts whose refusals are read by one table. */
export class GraphHttp {
  readonly #http: PlatformHttp;
  readonly #errors: MetaClassifier;

  constructor(http: PlatformHttp, errors: MetaClassifier) {
    this.#http = http;
    this.#errors = errors;
  }

  /** Throws PlatformFailure for a refusal, also for one that came as a success. */
  async send<T extends TSchema>(request: PlatformRequest, expected: Expected<T>): Promise<ReadAnswer<T>> {
    const { status, body, headers } = await this.#http.send(request);
    if (status < 200 || status >= 300) throw this.#errors.classify(status, body, headers);
    const answer = parsePlatformJson(body);
    if (fits(GraphErrorEnvelope, answer)) throw this.#errors.classify(status, body, headers);
    return { answer: guardAnswer(expected.schema, answer, expected.what), headers };
  }

  /** As {@link send}, where nothing of the headers matters. */
  async ask<T extends TSchema>(request: PlatformRequest, expected: Expected<T>): Promise<Static<T>> {
    return (await this.send(request, expected)).answer;
  }
}
