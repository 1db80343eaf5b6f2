import type { Router } from 'express';
import type { CanaryMint } from '../canary.ts';
import type { AppSettings } from '../config.ts';
import type { FaultBox } from '../faults/fault-box.ts';
import type { RequestLog } from '../request-log.ts';
import { asValues, listOf, textOf } from '../request-values.ts';
import { readFaults } from './read-fault.ts';

const REQUESTS_SHOWN = 200;

/** `PUT`, `GET`, `DELETE /fault`. */
export function addFaultRoutes(router: Router, faults: FaultBox): void {
  router.put('/fault', (req, res) => {
    faults.set(...readFaults(asValues(req.body)));
    res.json(faults.current() ?? null);
  });
  router.get('/fault', (_req, res) => void res.json(faults.current() ?? null));
  router.delete('/fault', (_req, res) => {
    faults.clear();
    res.status(204).end();
  });
}

/** `PUT /app`: for who starts the sandbox before its own port is known; not kept over a restart. */
export function addAppRoute(router: Router, world: { app: AppSettings; mint: CanaryMint }): void {
  router.put('/app', (req, res) => {
    const body = asValues(req.body);
    const { app } = world;
    app.redirectUris = listOf(body, 'redirectUris') ?? app.redirectUris;
    app.clientSecret = textOf(body, 'clientSecret') ?? app.clientSecret;
    world.mint.remember(app.clientSecret);
    Object.assign(app.callbacks, asValues(body.callbacks));
    const deauthorizeUrl = textOf(body, 'deauthorizeUrl');
    if (deauthorizeUrl !== undefined) app.callbacks.deauthorize = deauthorizeUrl;
    const { redirectUris, callbacks } = app;
    res.json({ redirectUris, callbacks, deauthorizeUrl: callbacks.deauthorize ?? null });
  });
}

/** `GET`, `DELETE /requests`. */
export function addRequestRoutes(router: Router, log: RequestLog): void {
  router.get('/requests', (_req, res) => void res.json({ totals: log.totals(), recent: log.recent(REQUESTS_SHOWN) }));
  router.delete('/requests', (_req, res) => {
    log.clear();
    res.status(204).end();
  });
}
