import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { json, type NextFunction, type Request, type RequestHandler, type Response, urlencoded } from 'express';
import helmet from 'helmet';
import type { Histogram } from 'prom-client';
import { fromBodyParser } from '../problems/to-mooring-error.ts';
import { contextFromHeaders, runInContext } from '../tracing/request-context.ts';
import { type RequestSpan, startRequestSpan } from '../tracing/tracing.ts';
import { portOf } from './port-of-request.ts';

/** How requests are read. */
export interface HttpSettings {
  /** Bytes of a request body; larger ones are a 413. */
  readonly bodyBytesMax?: number;
  /** Keeps the bytes of each body as `request.rawBody`, for signatures of call-backs. */
  readonly rawBody?: boolean;
  /** Ports that services alone call and no browser: of the secure headers their answers carry `nosniff` only. */
  readonly servicePorts?: readonly string[];
  /** Paths whose requests aren't logged one by one: too many, and on record elsewhere. Their problems are logged all the same. */
  readonly unloggedPaths?: readonly string[];
}

const BODY_BYTES_MAX = 100 * 1024;
const PARAMETERS_MAX = 100;
/** Where Nest mounts middleware of modules, the logger's for one. */
const MIDDLEWARE_PATTERN = '{/*splat}';

/** A request whose bytes were kept, see {@link HttpSettings.rawBody}. */
export interface RawBodyRequest extends Request {
  rawBody?: Buffer;
}

function keepBytes(request: IncomingMessage, _response: ServerResponse, bytes: Buffer): void {
  Object.assign(request, { rawBody: bytes });
}

/** A parser whose errors are problems and quote nothing of the body. */
function withOurErrors(parser: RequestHandler): RequestHandler {
  return (request, response, next) => {
    void parser(request, response, (error?: unknown) => next(fromBodyParser(error)));
  };
}

/** The pattern of the route that answered, never the path itself: ids in labels would make a metric of each. */
function routeOf(request: Request): string {
  const { route } = request as { route?: { path?: unknown } };
  return typeof route?.path === 'string' && route.path !== MIDDLEWARE_PATTERN ? route.path : 'unmatched';
}

function observe(histogram: Histogram, request: Request, response: Response, span: RequestSpan): void {
  const startedAt = performance.now();
  response.once('close', () => {
    const route = routeOf(request);
    span.end({ route, method: request.method, status: response.statusCode });
    histogram.observe(
      { port: portOf(request)?.name ?? '', route, method: request.method, status: String(response.statusCode) },
      (performance.now() - startedAt) / 1_000,
    );
  });
}

/** Gives each request its ids (taken from the caller or new), echoes the request id, and measures the answer. */
function requestContext(histogram: Histogram): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const { context, span } = startRequestSpan(contextFromHeaders(request.headers), request.method);
    response.setHeader('X-Request-Id', context.requestId);
    observe(histogram, request, response, span);
    runInContext(context, () => span.run(next));
  };
}

/** Headers that tell browsers what they must not do. */
function secureHeaders(servicePorts: readonly string[]): RequestHandler {
  const forBrowsers = helmet();
  return (request, response, next) => {
    if (!servicePorts.includes(portOf(request)?.name ?? '')) return forBrowsers(request, response, next);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    next();
  };
}

/** Sets an application up as every service has it: ids, secure headers, bounded bodies. Call it before `init()`. */
export function prepareHttp(app: NestExpressApplication, histogram: Histogram, settings: HttpSettings = {}): void {
  const limit = settings.bodyBytesMax ?? BODY_BYTES_MAX;
  const verify = settings.rawBody === true ? keepBytes : undefined;
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(requestContext(histogram));
  app.use(secureHeaders(settings.servicePorts ?? []));
  app.use(withOurErrors(json({ limit, verify, type: ['application/json', 'application/*+json'] })));
  app.use(withOurErrors(urlencoded({ limit, verify, extended: false, parameterLimit: PARAMETERS_MAX })));
}
