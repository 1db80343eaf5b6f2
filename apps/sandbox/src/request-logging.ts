import type { RequestHandler } from 'express';
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
