import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that a fake saw. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What a fake answers; `reset` breaks the connection in place of an answer. */
export type FakeAnswer = { readonly status: number; readonly body?: unknown } | 'reset';

/** A server on a free loopback port. */
export interface FakeServer {
  readonly url: string;
  stop(): Promise<void>;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Starts a server that answers JSON. */
export async function startFakeServer(answer: (request: SeenRequest) => FakeAnswer): Promise<FakeServer> {
  const server = createServer((request, response) => {
    void textOf(request).then((body) => {
      const url = new URL(request.url ?? '/', 'http://fake');
      const { method = 'GET', headers } = request;
      const answered = answer({ method, path: url.pathname, query: url.searchParams, headers, body });
      if (answered === 'reset') return request.socket.destroy();
      const type = answered.status >= 400 ? 'application/problem+json' : 'application/json';
      response.writeHead(answered.status, { 'content-type': type });
      return response.end(answered.body === undefined ? '' : JSON.stringify(answered.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
