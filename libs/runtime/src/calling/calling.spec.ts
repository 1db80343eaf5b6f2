import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MooringError, Secret } from '@mooring/contracts';
import { problemDocument } from '../problems/problem-document.ts';
import { contextFromHeaders, runInContext } from '../tracing/request-context.ts';
import { InternalHttpClient } from './internal-http-client.ts';
import { clientCredentialsTokens, projectedFileTokens, type ServiceTokenSource } from './service-token-source.ts';

interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** Cuts the connection in place of an answer. */
  readonly cut?: boolean;
}

let server: Server;
let baseUrl: string;
let replies: Reply[] = [];
let seen: { readonly method: string; readonly headers: IncomingMessage['headers']; readonly body: string }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen.push({ method: request.method ?? '', headers: request.headers, body });
      const reply = replies.shift() ?? { status: 200, body: {} };
      if (reply.cut === true) return request.socket.destroy();
      response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
      return response.end(reply.body === undefined ? '' : JSON.stringify(reply.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  replies = [];
  seen = [];
});

function countingTokens(): ServiceTokenSource {
  let number = 1;
  return {
    token: () => Promise.resolve(new Secret(`token-${number}`)),
    forget: () => {
      number += 1;
    },
  };
}
const clientOf = (overrides: object = {}) =>
  new InternalHttpClient({ baseUrl, tokens: countingTokens(), unavailableCode: 'vault_unavailable', ...overrides });
const get = { method: 'GET', path: '/x' } as const;
const post = { method: 'POST', path: '/x', body: { a: 1 } } as const;

describe('InternalHttpClient', () => {
  it('sends its token and the ids of the running request', async () => {
    replies = [{ status: 200, body: { ok: true } }];
    const context = contextFromHeaders({ 'x-request-id': 'req-1' });
    await expect(runInContext(context, () => clientOf().request(post))).resolves.toEqual({ ok: true });
    expect(seen[0]).toMatchObject({ method: 'POST', body: '{"a":1}', headers: { 'x-request-id': 'req-1' } });
    expect(seen[0]?.headers.authorization).toBe('Bearer token-1');
    expect(seen[0]?.headers['traceparent']).toContain(context.trace.traceId);
  });

  it('tells the problem of the service on, whole', async () => {
    const told = new MooringError('plan_limit_reached', {
      parameters: { Limit: 3, Used: 3 },
      extensions: { status_of: 'x' },
      errors: [{ pointer: '/a', detail: 'b' }],
    });
    replies = [{ status: 409, body: problemDocument(told, 'r'), headers: { 'retry-after': '9' } }];
    await expect(clientOf().request(get)).rejects.toMatchObject({
      code: 'plan_limit_reached',
      message: told.message,
      extensions: told.extensions,
      errors: told.errors,
      retryAfterSeconds: 9,
    });
  });

  it('repeats what is safe to repeat, and nothing else', async () => {
    replies = [{ status: 503 }, { status: 200, cut: true }, { status: 200, body: 1 }];
    await expect(clientOf().request(get)).resolves.toBe(1);
    expect(seen).toHaveLength(3);
    replies = [{ status: 200, cut: true }];
    await expect(clientOf().request(post)).rejects.toMatchObject({ code: 'vault_unavailable' });
    expect(seen).toHaveLength(4);
    replies = [{ status: 200, cut: true }];
    await expect(clientOf().request({ ...post, idempotent: true })).resolves.toEqual({});
    expect(seen).toHaveLength(6);
  });

  it('says unavailable when nobody answers, or not in time, or with something else', async () => {
    const closed = clientOf({ baseUrl: 'http://127.0.0.1:1', retriesMax: 1 });
    await expect(closed.request(post)).rejects.toMatchObject({ code: 'vault_unavailable' });
    replies = [{ status: 502, body: 'proxy page' }];
    await expect(clientOf().request(post)).rejects.toMatchObject({ code: 'vault_unavailable' });
    replies = [{ status: 200, body: 'x'.repeat(200) }];
    await expect(clientOf({ answerBytesMax: 100 }).request(post)).rejects.toMatchObject({ code: 'vault_unavailable' });
  });

  it('gets a new token once when the old one is refused, and then takes the blame', async () => {
    replies = [{ status: 401 }, { status: 200, body: 2 }];
    await expect(clientOf().request(get)).resolves.toBe(2);
    expect(seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
    replies = [{ status: 401 }, { status: 401 }];
    await expect(clientOf().request(get)).rejects.toMatchObject({ code: 'internal_error' });
  });
});

describe('service tokens', () => {
  const settings = () => ({ tokenUrl: `${baseUrl}/token`, clientId: 'gate way', clientSecret: new Secret('s:1') });

  it('come by client credentials (RFC 6749 §4.4), once for many callers', async () => {
    replies = [{ status: 200, body: { access_token: 'abc', expires_in: 300 } }];
    const tokens = clientCredentialsTokens({ ...settings(), audience: 'urn:mooring:vault' });
    const got = await Promise.all([tokens.token(), tokens.token(), tokens.token()]);
    expect(got.map((token) => token.reveal())).toEqual(['abc', 'abc', 'abc']);
    await tokens.token();
    expect(seen).toHaveLength(1);
    expect(seen[0]?.body).toBe('grant_type=client_credentials&audience=urn%3Amooring%3Avault');
    expect(seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from('gate+way:s%3A1').toString('base64')}`);
  });

  it('are asked for again when they are over or forgotten, or when the last try failed', async () => {
    replies = [
      { status: 500 },
      { status: 200, body: { access_token: 'a', expires_in: 0 } },
      { status: 200, body: { access_token: 'b', expires_in: 300 } },
      { status: 200, body: { access_token: 'c', expires_in: 300 } },
    ];
    const tokens = clientCredentialsTokens(settings());
    await expect(tokens.token()).rejects.toMatchObject({ code: 'temporarily_unavailable' });
    expect((await tokens.token()).reveal()).toBe('a');
    expect((await tokens.token()).reveal()).toBe('b');
    expect((await tokens.token()).reveal()).toBe('b');
    tokens.forget();
    expect((await tokens.token()).reveal()).toBe('c');
  });

  it('come from a mounted file that is read again', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'mooring-token-'));
    const path = join(directory, 'token');
    writeFileSync(path, 'one\n');
    const tokens = projectedFileTokens({ path, rereadAfterMs: 0 });
    expect((await tokens.token()).reveal()).toBe('one');
    writeFileSync(path, 'two\n');
    expect((await tokens.token()).reveal()).toBe('two');
    rmSync(directory, { recursive: true });
  });
});
