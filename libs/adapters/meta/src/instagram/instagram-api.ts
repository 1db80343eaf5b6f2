import type { Static, TSchema } from '@sinclair/typebox';
import type { Secret } from '@mooring/contracts';
import type { PlatformHttp } from '@mooring/adapters-core';
import { type Expected, GraphHttp } from '../graph/graph-http.ts';
import type { InstagramEndpoints } from './endpoints.ts';
import { INSTAGRAM_ERRORS } from './errors.ts';
import { type Profile, ProfileAnswer, unwrap } from './schemas.ts';

const PROFILE_FIELDS = 'id,user_id,username,name,account_type,profile_picture_url';

/** What is asked of Instagram, and what the answer must look like. */
export interface InstagramCall<T extends TSchema> extends Expected<T> {
  readonly url: string;
  readonly query?: Readonly<Record<string, string>>;
}

/** Calls to Instagram. There is no proof of the app beside a token: whether this host honours one isn't documented. */
export class InstagramApi {
  readonly #http: GraphHttp;

  constructor(
    http: PlatformHttp,
    readonly urls: InstagramEndpoints,
  ) {
    this.#http = new GraphHttp(http, INSTAGRAM_ERRORS);
  }

  /** GET or DELETE with a token. */
  async withToken<T extends TSchema>(
    method: 'GET' | 'DELETE',
    token: Secret,
    call: InstagramCall<T>,
  ): Promise<Static<T>> {
    return this.#http.ask({ method, url: call.url, query: { ...call.query, access_token: token.reveal() } }, call);
  }

  /** POST of a form. */
  async post<T extends TSchema>(form: Readonly<Record<string, string>>, call: InstagramCall<T>): Promise<Static<T>> {
    return this.#http.ask({ method: 'POST', url: call.url, form }, call);
  }

  /** The account that a token is of. */
  async profile(token: Secret): Promise<Profile> {
    const query = { fields: PROFILE_FIELDS };
    return unwrap(
      await this.withToken('GET', token, { url: this.urls.meUrl, query, schema: ProfileAnswer, what: 'me' }),
    );
  }
}
