import express, { Router, type NextFunction, type Request, type Response } from 'express';
import type { CanaryMint } from '../canary.ts';
import type { PlatformClock } from '../clock.ts';
import { DEMO_PEOPLE } from '../oidc/people.ts';
import { asValues, numberOf } from '../request-values.ts';
import { ControlError } from './control-error.ts';
import { controlPage, controlPanel, type PanelPart } from './page.ts';

export interface ControlParts {
  platforms: (PanelPart & { control: Router })[];
  clock: PlatformClock;
  mint: CanaryMint;
  /** Puts every platform back to its beginning. */
  reset: () => void;
  changed: () => void;
}

/** A page of another site must not press these buttons through somebody's browser. */
function refuseForeignPages(req: Request, res: Response, next: NextFunction): void {
  if (req.get('sec-fetch-site') === 'cross-site') {
    res.status(403).json({ error: 'the control API takes no calls from other sites' });
    return;
  }
  next();
}

function answerControlError(error: unknown, _req: Request, res: Response, next: NextFunction): void {
  if (error instanceof ControlError) {
    res.status(error.status).json({ error: error.message });
    return;
  }
  next(error);
}

function controlApi(parts: ControlParts): Router {
  const api = Router();
  api.use(refuseForeignPages, express.json());
  for (const { name, control } of parts.platforms) api.use(`/${name}`, control);
  api.get('/clock', (_req, res) => {
    res.json({ offsetMs: parts.clock.offsetMs, now: new Date(parts.clock.nowMs()).toISOString() });
  });
  api.post('/clock', (req, res) => {
    const offsetMs = numberOf(asValues(req.body), 'offsetMs');
    if (offsetMs === undefined) throw new ControlError('offsetMs must be a number of milliseconds');
    parts.clock.offsetMs = offsetMs;
    parts.changed();
    res.json({ offsetMs, now: new Date(parts.clock.nowMs()).toISOString() });
  });
  api.get('/canaries', (_req, res) => void res.json(parts.mint.issued()));
  api.get('/oidc/people', (_req, res) => void res.json(DEMO_PEOPLE));
  api.post('/reset', (_req, res) => {
    parts.reset();
    res.status(204).end();
  });
  api.use(answerControlError);
  return api;
}

/** The control API at `/control` and the page with its buttons at `/`. */
export function controlRouter(parts: ControlParts): Router {
  const router = Router();
  router.use('/control', controlApi(parts));
  router.get('/', (_req, res) => void res.send(controlPage()));
  router.get('/panel', (_req, res) => void res.send(controlPanel(parts.platforms, parts.clock)));
  return router;
}
