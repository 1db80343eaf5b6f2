import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type RequestListener, type Server } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { close, listen } from '../test/mock/services.ts';
import { createEdge } from './app.ts';
import { targetOf } from './routes.ts';

let page: string;
const servers: Server[] = [];
const lines: string[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  return listen(server, 0);
}

async function edge(serviceUrl: string): Promise<string> {
  const settings = {
    host: '127.0.0.1',
    port: 0,
    gatewayUrl: serviceUrl,
    notificationsUrl: serviceUrl,
    vaultCallbacksUrl: serviceUrl,
    oidcIssuer: 'https://id.example.com/realm',
    oidcClientId: 'mooring-console',
    oidcResource: 'urn:mooring:api',
  };
  return serve(createEdge(settings, page, pino({}, { write: (line) => void lines.push(line) })));
}

beforeAll(async () => {
  page = await mkdtemp(join(tmpdir(), 'mooring-edge-'));
  await writeFile(join(page, 'index.html'), '<!doctype html><title>Mooring</title>');
});

afterAll(() => rm(page, { recursive: true }));

afterEach(async () => {
  await Promise.all(servers.splice(0).map(close));
  lines.length = 0;
});

describe('the edge', () => {
  it.each([
    ['/v1/live', 'notificationsUrl'],
    ['/v1/notifications/read', 'notificationsUrl'],
    ['/v1/alerts', 'notificationsUrl'],
    ['/v1/livery', 'gatewayUrl'],
    ['/v1/me', 'gatewayUrl'],
    ['/connect/facebook/callback', 'gatewayUrl'],
    ['/webhooks/facebook/deauthorize', 'vaultCallbacksUrl'],
    ['/connected', null],
    ['/', null],
  ])('sends %s to %s', (path, target) => {
    expect(targetOf(path)).toBe(target);
  });

  it('serves the page on every address, under a policy without inline scripts', async () => {
    const answer = await fetch(`${await edge('http://127.0.0.1:9')}/some/page?account=1`);
    expect(await answer.text()).toContain('<title>Mooring</title>');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self' https://id.example.com");
    expect(answer.headers.get('x-powered-by')).toBeNull();
    expect(answer.headers.get('cache-control')).toBe('no-cache');
  });

  it('tells the page its surroundings, and answers 404 for an asset of another build', async () => {
    const url = await edge('http://127.0.0.1:9');
    expect(await (await fetch(`${url}/config.json`)).json()).toEqual({
      oidcIssuer: 'https://id.example.com/realm',
      oidcClientId: 'mooring-console',
      resource: 'urn:mooring:api',
      apiBaseUrl: '',
    });
    expect((await fetch(`${url}/assets/gone.js`)).status).toBe(404);
  });

  it('passes bodies, queries, redirects and cookies through as they are', async () => {
    const url = await edge(
      await serve((request, response) => {
        response.writeHead(302, { location: `https://platform.example.com${request.url ?? ''}`, 'set-cookie': 'a=b' });
        response.end();
      }),
    );
    const answer = await fetch(`${url}/connect/sessions/1/start?x=1`, { redirect: 'manual' });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('https://platform.example.com/connect/sessions/1/start?x=1');
    expect(answer.headers.get('set-cookie')).toBe('a=b');
  });

  it('hands on each event of a stream at once, and ends the service’s side with the reader’s', async () => {
    let gone: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (gone = resolve));
    let send: (text: string) => void = () => undefined;
    const url = await edge(
      await serve((_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(': hello\n\n');
        send = (text) => void response.write(text);
        response.on('close', gone);
      }),
    );
    const reading = new AbortController();
    const answer = await fetch(`${url}/v1/live`, { signal: reading.signal });
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe(': hello\n\n');
    send('data: 1\n\n');
    expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe('data: 1\n\n');
    reading.abort();
    await ended;
  });

  it('reads as a problem with the request id where a service is away', async () => {
    const answer = await fetch(`${await edge('http://127.0.0.1:9')}/v1/me`, { headers: { 'x-request-id': 'abc-1' } });
    expect(answer.status).toBe(502);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ code: 'unreachable', retryable: true, requestId: 'abc-1' });
  });

  it('logs no query string, no cookie and no authorization', async () => {
    const url = await edge(await serve((_request, response) => void response.end('{}')));
    const headers = { authorization: 'Bearer canary-token', cookie: 'canary-cookie=1' };
    await fetch(`${url}/connect/facebook/callback?code=canary-code&state=canary-state`, { headers });
    await fetch(`${url}/?code=canary-code`, { headers });
    expect(lines.join('')).toContain('/connect/facebook/callback');
    expect(lines.join('')).not.toContain('canary');
  });
});
