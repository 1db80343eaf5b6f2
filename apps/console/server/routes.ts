import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { RequestHandler } from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';
import type { Logger } from 'pino';
import type { EdgeSettings } from './config.ts';

type Target = 'gatewayUrl' | 'notificationsUrl' | 'vaultCallbacksUrl';

/** Which service answers which path; the first match counts. */
export const ROUTES: readonly { readonly prefix: string; readonly target: Target }[] = [
  { prefix: '/v1/live', target: 'notificationsUrl' },
  { prefix: '/v1/notifications', target: 'notificationsUrl' },
  { prefix: '/v1/alerts', target: 'notificationsUrl' },
  { prefix: '/webhooks', target: 'vaultCallbacksUrl' },
  { prefix: '/v1', target: 'gatewayUrl' },
  { prefix: '/connect', target: 'gatewayUrl' },
];

/** The service that a path belongs to, or null where the console itself answers. */
export function targetOf(path: string): Target | null {
  const route = ROUTES.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
  return route?.target ?? null;
}

/** Passes requests on to the services, streams unbuffered; a service that is away reads as a problem (RFC 9457). */
export function serviceProxy(settings: EdgeSettings, log: Logger): RequestHandler {
  const proxies = new Map<Target, RequestHandler>();
  for (const target of new Set(ROUTES.map((route) => route.target))) {
    proxies.set(target, proxyTo(settings[target], log.child({ target })));
  }
  return (request, response, next) => {
    const target = targetOf(request.path);
    const proxy = target && proxies.get(target);
    if (!proxy) return next();
    return proxy(request, response, next);
  };
}

function proxyTo(target: string, log: Logger): RequestHandler {
  return createProxyMiddleware({
    target,
    // The services build their addresses from settings; the browser's Host goes along for cookies and logs.
    changeOrigin: false,
    xfwd: true,
    on: {
      proxyRes: (_answer, _request, response) => {
        // Without this a first small event of a stream may wait for company.
        (response as ServerResponse).socket?.setNoDelay(true);
      },
      error: (error, _request, response) => {
        log.warn({ code: (error as NodeJS.ErrnoException).code }, 'service did not answer');
        if (response instanceof Socket) response.destroy();
        else answerUnavailable(response as ServerResponse);
      },
    },
  }) as RequestHandler;
}

function answerUnavailable(response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const requestId = String(response.getHeader('x-request-id') ?? '');
  response.writeHead(502, { 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  response.end(
    JSON.stringify({
      type: 'about:blank',
      title: 'Temporarily unavailable',
      status: 502,
      detail: 'A part of the service is not answering. Please try again in a moment.',
      code: 'unreachable',
      action: 'try_again',
      retryable: true,
      requestId,
    }),
  );
}
