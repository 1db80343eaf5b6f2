import createClient, { type Client, type Middleware } from 'openapi-fetch';
import type { paths as GatewayPaths } from './generated/gateway.ts';
import type { paths as NotificationsPaths } from './generated/notifications.ts';
import { problemFrom, unreachable } from './problem.ts';

/** What a client needs of its surroundings. */
export interface ApiClientOptions {
  /** Origin of the public address, without a trailing slash; empty for the page's own. */
  readonly baseUrl: string;
  /** Asked before every call; a rejection becomes the call's. */
  readonly accessToken: () => Promise<string>;
  /** Further headers of every call, for example `Mooring-Acting-Workspace`. */
  readonly headers?: () => Readonly<Record<string, string>>;
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** Typed calls of the gateway's public API. */
export type GatewayClient = Client<GatewayPaths, `${string}/${string}`>;
/** Typed calls of the notifications' public API. */
export type NotificationsClient = Client<NotificationsPaths, `${string}/${string}`>;

/**
 * A client of the gateway. Calls reject with `ProblemError` where the answer is a problem or none came.
 */
export function createGatewayClient(options: ApiClientOptions): GatewayClient {
  const client = createClient<GatewayPaths>(clientOptions(options));
  client.use(authorized(options), problems());
  return client;
}

/** A client of notifications; see {@link createGatewayClient}. */
export function createNotificationsClient(options: ApiClientOptions): NotificationsClient {
  const client = createClient<NotificationsPaths>(clientOptions(options));
  client.use(authorized(options), problems());
  return client;
}

/**
 * The body of a call that succeeded.
 * @param call what a method of a client returned; it rejects with `ProblemError` on any other answer
 */
export async function dataOf<T>(call: Promise<{ data?: T }>): Promise<Exclude<T, undefined>> {
  const { data } = await call;
  return data as Exclude<T, undefined>;
}

function clientOptions(options: ApiClientOptions) {
  return { baseUrl: options.baseUrl, ...(options.fetch ? { fetch: options.fetch } : {}) };
}

function authorized(options: ApiClientOptions): Middleware {
  return {
    async onRequest({ request }) {
      for (const [name, value] of Object.entries(options.headers?.() ?? {})) request.headers.set(name, value);
      request.headers.set('authorization', `Bearer ${await options.accessToken()}`);
      return request;
    },
  };
}

function problems(): Middleware {
  return {
    async onResponse({ response }) {
      if (response.ok) return response;
      throw problemFrom(response, await body(response));
    },
    onError({ error }) {
      return unreachable(error);
    },
  };
}

async function body(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}
