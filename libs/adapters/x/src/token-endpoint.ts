import {
  parsePlatformJson,
  type PlatformFailure,
  type PlatformHttp,
  type PlatformResponse,
} from '@mooring/adapters-core';
import { Secret } from '@mooring/contracts';
import { classifyXAnswer, isRefusal } from './errors.ts';
import { fits, JsonObject } from './schemas.ts';
import type { XSettings } from './settings.ts';

/**
 * X's OAuth endpoints, as a confidential client: HTTP Basic, and `client_id` in the form too, which X has been seen to demand
 * beside it.
 */
export class TokenEndpoint {
  readonly #clientId: string;
  readonly #basic: Secret;
  readonly #http: PlatformHttp;
  readonly #now: () => Date;

  constructor(
    app: Pick<XSettings, 'clientId' | 'clientSecret'>,
    ports: { readonly http: PlatformHttp; readonly now: () => Date },
  ) {
    const credentials = `${app.clientId}:${app.clientSecret.reveal().trim()}`;
    this.#clientId = app.clientId;
    this.#basic = new Secret(`Basic ${Buffer.from(credentials).toString('base64')}`);
    this.#http = ports.http;
    this.#now = ports.now;
  }

  /** Posts a form, once. Throws PlatformFailure for a refusal, also for one that comes with status 200 (C87). */
  async post(url: string, form: Readonly<Record<string, string>>): Promise<Readonly<Record<string, unknown>>> {
    const response = await this.#http.send({
      method: 'POST',
      url,
      form: { ...form, client_id: this.#clientId },
      headers: { authorization: this.#basic.reveal() },
    });
    if (response.status < 200 || response.status >= 300) throw this.#refusal(response);
    // What a revocation answers isn't documented; nothing at all would be as good as a word.
    const answer = response.body.trim() === '' ? {} : parsePlatformJson(response.body);
    if (isRefusal(answer)) throw this.#refusal(response);
    return fits(JsonObject, answer) ? answer : {};
  }

  #refusal({ status, body, headers }: PlatformResponse): PlatformFailure {
    return classifyXAnswer({ status, body, headers, at: 'token' }, this.#now());
  }
}
