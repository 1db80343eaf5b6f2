import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'pino';

const QUIET_PATHS = ['/livez', '/panel'];

/** Method, path without its query, and status: what a platform's address carries beyond that may be secret. */
export function logRequests(logger: Logger): RequestHandler {
  return (req, res, next) => {
    const { method } = req;
    const { path } = req;
    const startedAtMs = Date.now();
    res.once('close', () => {
      if (QUIET_PATHS.includes(path)) return;
      const status = res.headersSent ? res.statusCode : null;
      logger.info({ method, path, status, durationMs: Date.now() - startedAtMs }, 'request');
    });
    next();
  };
}

/** Express's own handler would print the error, whose text may quote the body. */
export function answerErrors(logger: Logger): ErrorRequestHandler {
  return (error: Error & { status?: number }, req, res, next) => {
    const status = error.status ?? 500;
    logger.error({ method: req.method, path: req.path, status, error: error.name }, 'request failed');
    if (res.headersSent) {
      next(error);
      return;
    }
    res.status(status).json({ error: status < 500 ? 'the request could not be read' : 'the sandbox failed' });
  };
}
