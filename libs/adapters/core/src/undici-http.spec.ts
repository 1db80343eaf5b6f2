import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { PlatformFailure } from './platform-failure.ts';
import type { PlatformRequest } from './platform-http.ts';
import { createPlatformHttp, type PlatformHttpSettings } from './undici-http.ts';

const SECRET = 'EAAcanary0123456789';
const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(
    () =>
      new Promise((resolve) => {
        if ('closeAllConnections' in server) server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const serve = (listener: RequestListener) => listen(createServer(listener));

function portTo(origin: string, settings: Partial<PlatformHttpSettings> = {}) {
  const http = createPlatformHttp({ origins: [origin], ...settings });
  stops.push(() => http.close());
  return http;
}

async function failureOf(sending: Promise<unknown>): Promise<PlatformFailure> {
  const error = await sending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(PlatformFailure);
  return error as PlatformFailure;
}

const get = (url: string): PlatformRequest => ({ method: 'GET', url, query: { access_token: SECRET } });

describe('the HTTP port of the adapters', () => {
  it('sends parameters and form, and gives status, headers in lower case and text', async () => {
    const seen: string[] = [];
    const origin = await serve((request, response) => {
      request.on('data', (chunk: Buffer) => seen.push(chunk.toString()));
      request.on('end', () => {
        seen.push(`${request.method} ${request.url}`);
        response.writeHead(418, { 'X-App-Usage': '{}' }).end('{"id":17841400000000000}');
      });
    });
    const http = portTo(origin);
    const answer = await http.send({
      method: 'POST',
      url: `${origin}/token`,
      query: { v: '1' },
      form: { a: 'b c', d: 'é' },
    });
    expect(seen).toEqual(['a=b+c&d=%C3%A9', 'POST /token?v=1']);
    expect(answer).toMatchObject({ status: 418, body: '{"id":17841400000000000}' });
    expect(answer.headers['x-app-usage']).toBe('{}');
  });

  it('sends a body of JSON with its type', async () => {
    const seen: string[] = [];
    const origin = await serve((request, response) => {
      request.on('data', (chunk: Buffer) => seen.push(chunk.toString()));
      request.on('end', () => {
        seen.push(request.headers['content-type'] ?? '');
        response.end('{}');
      });
    });
    await portTo(origin).send({ method: 'POST', url: `${origin}/list`, json: { max_count: 5 } });
    expect(seen).toEqual(['{"max_count":5}', 'application/json; charset=UTF-8']);
  });

  it('sends a literal query as it stands, and none with what an address gives a meaning', async () => {
    const seen: string[] = [];
    const origin = await serve((request, response) => {
      seen.push(request.url ?? '');
      response.end('{}');
    });
    const http = portTo(origin);
    await http.send({ method: 'GET', url: `${origin}/lookup`, literalQuery: 'ids=List(12,34)' });
    expect(seen).toEqual(['/lookup?ids=List(12,34)']);
    const sending = http.send({ method: 'GET', url: `${origin}/lookup`, literalQuery: 'ids=1&x=%20' });
    expect(await failureOf(sending)).toMatchObject({ class: 'unexpected', mayHaveArrived: false });
    expect(seen).toHaveLength(1);
  });

  it('follows no redirect', async () => {
    const origin = await serve((request, response) => {
      if (request.url?.startsWith('/elsewhere')) throw new Error('followed');
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect((await portTo(origin).send(get(`${origin}/`))).status).toBe(302);
  });

  it.each([
    ['another host', 'http://127.0.0.1:9/x'],
    ['another scheme', 'file:///etc/passwd'],
    ['a query in the address', 'ORIGIN/x?access_token=1'],
    ['credentials in the address', 'http://user:pass@127.0.0.1/x'],
    ['no address', '/x'],
  ])('refuses %s without a call', async (_what, url) => {
    const origin = await serve(() => {
      throw new Error('called');
    });
    const failure = await failureOf(portTo(origin).send(get(url.replace('ORIGIN', origin))));
    expect(failure).toMatchObject({ class: 'misconfigured', mayHaveArrived: false });
  });

  it('says that a refused connection cannot have carried the request', async () => {
    const origin = await serve(() => undefined);
    await stops.pop()?.();
    const failure = await failureOf(portTo(origin).send(get(`${origin}/`)));
    expect(failure).toMatchObject({ class: 'transient', mayHaveArrived: false });
    expect(failure.message).toContain('ECONNREFUSED');
  });

  it('says that a failed TLS handshake cannot have carried the request', async () => {
    const plain = await serve((_request, response) => response.end());
    const origin = plain.replace('http:', 'https:');
    const failure = await failureOf(portTo(origin).send(get(`${origin}/`)));
    expect(failure).toMatchObject({ class: 'transient', mayHaveArrived: false });
  });

  it('says that an unknown host name cannot have carried the request', async () => {
    const origin = 'http://platform.invalid';
    expect(await failureOf(portTo(origin).send(get(`${origin}/`)))).toMatchObject({ mayHaveArrived: false });
  });

  it.each<[string, RequestListener]>([
    ['a reset', (request) => request.socket.resetAndDestroy()],
    ['silence', () => undefined],
    ['half an answer', (_request, response) => response.writeHead(200, { 'content-length': '99' }).write('{"a":')],
    [
      'an answer cut short',
      (request, response) => {
        response.writeHead(200, { 'content-length': '99' }).write('{"a":');
        setImmediate(() => request.socket.destroy());
      },
    ],
    [
      'an answer that drips without end',
      (request, response) => {
        response.writeHead(200);
        const dripping = setInterval(() => response.write(' '), 20);
        request.socket.on('close', () => clearInterval(dripping));
      },
    ],
    ['too large an answer', (_request, response) => response.end('x'.repeat(2_000))],
  ])('C01 %s is transient, and the request may have arrived', async (_what, listener) => {
    const origin = await serve(listener);
    const http = portTo(origin, { timeoutMs: 200, maxBytes: 1_000 });
    const failure = await failureOf(http.send(get(`${origin}/`)));
    expect(failure).toMatchObject({ class: 'transient', mayHaveArrived: true });
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain(SECRET);
  });

  it('C90 quotes nothing of an unreadable answer', async () => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined).resume();
      socket.end(`HTTP/9 ${SECRET}\r\n\r\n`);
    });
    const origin = await listen(server);
    const failure = await failureOf(portTo(origin).send(get(`${origin}/`)));
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain(SECRET);
  });

  it('tries once', async () => {
    let calls = 0;
    const origin = await serve((request) => {
      calls += 1;
      request.socket.destroy();
    });
    await failureOf(portTo(origin).send(get(`${origin}/`)));
    expect(calls).toBe(1);
  });

  it('holds no more connections than it may', async () => {
    let connections = 0;
    const server = createServer((_request, response) => void setImmediate(() => response.end('{}')));
    server.on('connection', () => (connections += 1));
    const origin = await listen(server);
    const http = portTo(origin, { connectionsMax: 2 });
    await Promise.all(Array.from({ length: 20 }, () => http.send(get(`${origin}/`))));
    expect(connections).toBe(2);
  });
});
