import { createServer, type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What may go wrong between a platform and us. */
export type PlatformFault =
  | 'reset'
  | 'silence'
  | 'html'
  | 'html_503'
  | 'empty_503'
  | 'cut_short'
  | 'half_json'
  | 'too_many'
  | 'redirect'
  | 'blank_tokens'
  | 'undefined_tokens';

/** A proxy in front of a played platform that can break it. */
export interface FaultProxy {
  readonly origin: string;
  /** Method and path with query of every request so far. */
  readonly requests: { readonly method: string; readonly url: string }[];
  fault: PlatformFault | null;
  /** Changes the bodies of answers that come through. */
  rewrite: ((body: string) => string) | null;
  stop(): Promise<void>;
}

const HTML = '<!doctype html><title>Sorry</title><p>Something went wrong.';
const TOKEN_FIELDS = /"(access_token|refresh_token)"\s*:\s*"[^"]*"/g;

/** What is answered in the platform's place; faults that are not here change its own answer. */
const OWN_ANSWERS: Partial<Record<PlatformFault, (request: IncomingMessage, response: ServerResponse) => void>> = {
  reset: (request) => request.socket.resetAndDestroy(),
  silence: () => undefined,
  html: (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(HTML),
  html_503: (_request, response) => response.writeHead(503, { 'content-type': 'text/html' }).end(HTML),
  empty_503: (_request, response) => response.writeHead(503).end(),
  too_many: (_request, response) => response.writeHead(429, { 'retry-after': '7' }).end('{}'),
  redirect: (request, response) => response.writeHead(307, { location: `/followed${request.url}` }).end(),
};

/** Starts the proxy on a free loopback port. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const server = createServer((request, response) => {
    proxy.requests.push({ method: request.method ?? '', url: request.url ?? '' });
    const answer = proxy.fault ? OWN_ANSWERS[proxy.fault] : undefined;
    if (answer) {
      request.resume();
      request.on('end', () => answer(request, response));
    } else {
      forward({ target, request, response }, (body) => changed(proxy, body));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: FaultProxy = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    fault: null,
    rewrite: null,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

interface Changed {
  readonly body: string;
  /** Fewer bytes than announced are sent, and the connection ends. */
  readonly cutShort: boolean;
}

function changed(proxy: FaultProxy, body: string): Changed {
  const rewritten = proxy.rewrite ? proxy.rewrite(body) : body;
  switch (proxy.fault) {
    case 'blank_tokens':
      return { body: rewritten.replace(TOKEN_FIELDS, '"$1":""'), cutShort: false };
    case 'undefined_tokens':
      return { body: rewritten.replace(TOKEN_FIELDS, '"$1":"undefined___1"'), cutShort: false };
    case 'half_json':
      return { body: rewritten.slice(0, Math.floor(rewritten.length / 2)), cutShort: false };
    default:
      return { body: rewritten, cutShort: proxy.fault === 'cut_short' };
  }
}

function forward(
  call: { target: string; request: IncomingMessage; response: ServerResponse },
  change: (body: string) => Changed,
): void {
  const { target, request, response } = call;
  const { method, headers } = request;
  const onward = httpRequest(new URL(request.url ?? '/', target), { method, headers, agent: false }, (answer) => {
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.on('end', () => {
      const { body, cutShort } = change(Buffer.concat(chunks).toString('utf8'));
      const kept = { ...answer.headers, 'content-length': Buffer.byteLength(body) + (cutShort ? 1 : 0) };
      delete kept['transfer-encoding'];
      response.writeHead(answer.statusCode ?? 502, kept);
      response.write(body);
      if (cutShort) setImmediate(() => request.socket.destroy());
      else response.end();
    });
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}
