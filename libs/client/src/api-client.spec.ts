import { afterEach, describe, expect, it } from '@jest/globals';
import type { IncomingMessage, RequestListener } from 'node:http';
import { type LocalServer, localServer } from '../test/local-server.ts';
import { createGatewayClient, dataOf } from './api-client.ts';
import { ProblemError } from './problem.ts';

let server: LocalServer;

async function client(listener: RequestListener) {
  server = await localServer(listener);
  let asked = 0;
  return createGatewayClient({
    baseUrl: server.url,
    accessToken: () => Promise.resolve(`token-${++asked}`),
    headers: () => ({ 'Mooring-Acting-Workspace': 'tidewater' }),
  });
}

afterEach(() => server.stop());

describe('the gateway client', () => {
  it('asks for a token before every call and sends the acting workspace', async () => {
    const seen: IncomingMessage['headers'][] = [];
    const gateway = await client((request, response) => {
      seen.push(request.headers);
      response.setHeader('content-type', 'application/json').end('{"subject":"olivia"}');
    });
    expect(await dataOf(gateway.GET('/v1/me'))).toEqual({ subject: 'olivia' });
    await dataOf(gateway.GET('/v1/me'));
    expect(seen.map((headers) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(seen[0]?.['mooring-acting-workspace']).toBe('tidewater');
  });

  it('rejects with the problem that the service told', async () => {
    const gateway = await client((_request, response) => {
      response.writeHead(403, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ code: 'role_not_allowed', detail: 'No.', action: 'ask_admin', requestId: 'r-9' }));
    });
    await expect(dataOf(gateway.GET('/v1/me'))).rejects.toMatchObject({
      name: 'ProblemError',
      code: 'role_not_allowed',
      requestId: 'r-9',
    });
  });

  it('rejects as unreachable where no answer comes', async () => {
    const gateway = await client((request) => void request.socket.destroy());
    const failure = await dataOf(gateway.GET('/v1/me')).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProblemError);
    expect(failure).toMatchObject({ code: 'unreachable', retryable: true });
  });

  it('leaves a refusal to give a token as it is', async () => {
    server = await localServer((_request, response) => void response.end());
    const gateway = createGatewayClient({
      baseUrl: server.url,
      accessToken: () => Promise.reject(new Error('signed out')),
    });
    await expect(dataOf(gateway.GET('/v1/me'))).rejects.toThrow('signed out');
  });
});
