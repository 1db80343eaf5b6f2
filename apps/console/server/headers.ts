import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { EdgeSettings } from './config.ts';

/**
 * Security headers of everything that the edge itself serves. What it passes on keeps the headers of its service.
 * Styles may be inline because the component library sets its theme that way; scripts may not.
 */
export function securityHeaders(settings: EdgeSettings): RequestHandler {
  const issuer = new URL(settings.oidcIssuer).origin;
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'https:', issuer],
        connectSrc: ["'self'", issuer],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: false },
  });
}
