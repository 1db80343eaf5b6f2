import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import express, { type Express } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import type { EdgeSettings } from './config.ts';
import { securityHeaders } from './headers.ts';
import { serviceProxy } from './routes.ts';

const REQUEST_ID = /^[\w.:-]{1,128}$/;
const ONE_YEAR_SECONDS = 31_536_000;

/**
 * The edge: the services behind one address, and the built console.
 * @param pageDirectory where the built console lies (`index.html`, `assets/`)
 */
export function createEdge(settings: EdgeSettings, pageDirectory: string, log: Logger): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(requestLog(log));
  app.get('/healthz', (_request, response) => void response.type('text/plain').send('ok'));
  app.use(serviceProxy(settings, log));
  app.use(securityHeaders(settings));
  app.get('/config.json', (_request, response) => {
    response.set('cache-control', 'no-store').json({
      oidcIssuer: settings.oidcIssuer,
      oidcClientId: settings.oidcClientId,
      resource: settings.oidcResource,
      apiBaseUrl: '',
    });
  });
  app.use('/assets', express.static(join(pageDirectory, 'assets'), fixedFiles));
  app.use('/assets', (_request, response) => void response.sendStatus(404));
  app.use(express.static(pageDirectory, { index: false, cacheControl: false, setHeaders: neverStale }));
  app.get('/{*page}', (_request, response) => {
    response.set('cache-control', 'no-cache').sendFile('index.html', { root: pageDirectory });
  });
  return app;
}

/** Names of built files carry a hash of their content. */
const fixedFiles = { immutable: true, maxAge: ONE_YEAR_SECONDS * 1_000, fallthrough: true, index: false } as const;

function neverStale(response: { setHeader(name: string, value: string): unknown }): void {
  response.setHeader('cache-control', 'no-cache');
}

function requestLog(log: Logger) {
  return pinoHttp({
    logger: log,
    genReqId: (request, response) => {
      const given = request.headers['x-request-id'];
      const id = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
      request.headers['x-request-id'] = id;
      response.setHeader('x-request-id', id);
      return id;
    },
    autoLogging: { ignore: (request) => request.url === '/healthz' || (request.url ?? '').startsWith('/assets/') },
    serializers: {
      req: (request: IncomingMessage & { id: string }) => ({
        id: request.id,
        method: request.method,
        // Redirects from a platform carry codes in the query.
        path: pathOf(request),
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
  });
}

function pathOf(request: { url?: string | undefined }): string {
  return (request.url ?? '').split('?', 1)[0] ?? '';
}
