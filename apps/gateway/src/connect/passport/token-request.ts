import { isUsableToken, type PlatformAdapter, PlatformFailure, type PlatformHttp } from '@mooring/adapters-core';

type Done = (failure: unknown, body?: string) => void;

/** How node-oauth sends requests, and what strategies of passport keep of it. */
export interface OAuthTransport {
  _request(method: string, url: string, headers: object, body: string, accessToken: null, done: Done): void;
}

function hasToken(body: string): boolean {
  try {
    return isUsableToken((JSON.parse(body) as { access_token?: unknown }).access_token);
  } catch {
    return false;
  }
}

async function send(
  ports: { readonly http: PlatformHttp; readonly adapter: PlatformAdapter },
  request: { readonly method: string; readonly url: string; readonly body: string },
): Promise<string> {
  // The one request of the exchange: a strategy that fetched a profile would be stopped here.
  if (request.method !== 'POST')
    throw new PlatformFailure({ class: 'unexpected', detail: 'only the code exchange is sent' });
  const form = Object.fromEntries(new URLSearchParams(request.body));
  const { status, body, headers } = await ports.http.send({ method: 'POST', url: request.url, form });
  if (status === 200 && hasToken(body)) return body;
  throw ports.adapter.classify(status, body, headers);
}

/**
 * node-oauth's requests set no timeout, read without bound and follow any host; ours go through the adapters' HTTP port, and
 * a refusal comes back as the adapter reads it.
 */
export function sendThrough(
  transport: OAuthTransport,
  ports: { readonly http: PlatformHttp; readonly adapter: PlatformAdapter },
): void {
  transport._request = (...given) => {
    const [method, url, , body, , done] = given;
    send(ports, { method, url, body }).then(
      (answer) => done(null, answer),
      (failure: unknown) => done(failure),
    );
  };
}
