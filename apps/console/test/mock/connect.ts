import { randomUUID } from 'node:crypto';
import { type Request, Router } from 'express';
import { connection, fromNow, type Schemas } from './accounts.ts';
import { refuse } from './refuse.ts';
import type { World } from './world.ts';

/** Connect sessions; the platform agrees as soon as its start address is opened. */
export function connectRoutes(world: World): Router {
  const router = Router();
  const begin = (request: Request, purpose: 'connect' | 'reconnect', connectionId: string | null) => {
    const id = randomUUID();
    const { returnUrl } = request.body as { returnUrl: string };
    world.sessions.set(id, outcome(world, id, purpose, connectionId));
    const origin = new URL(returnUrl).origin;
    return {
      id,
      startUrl: `${origin}/connect/sessions/${id}/start?to=${encodeURIComponent(returnUrl)}`,
      expiresAt: fromNow(0.007),
    };
  };
  router.post('/v1/workspaces/:workspace/connect-sessions', (request, response) => {
    response.status(201).json(begin(request, 'connect', null));
  });
  router.post('/v1/connections/:id/reconnect-sessions', (request, response) => {
    response.status(201).json(begin(request, 'reconnect', String(request.params.id)));
  });
  router.get('/connect/sessions/:id/start', (request, response) => {
    const { to } = request.query as Record<string, string>;
    response.redirect(`${to}#session=${String(request.params.id)}&result=one-time`);
  });
  router.post('/v1/connect-sessions/:id/claim', (request, response) => {
    const found = world.sessions.get(String(request.params.id));
    if (!found) {
      return refuse(response, {
        status: 400,
        code: 'security_check_failed',
        detail: 'Security check failed. Please try connecting again.',
      });
    }
    if (found.session.purpose === 'reconnect') reconnect(world, found);
    response.json(found);
  });
  router.post('/v1/connect-sessions/:id/selection', (request, response) => {
    const found = world.sessions.get(String(request.params.id));
    if (!found) return refuse(response, { status: 410, code: 'link_expired', detail: 'The connection link expired.' });
    const { accounts } = request.body as Schemas['SelectionBody'];
    const chosen = found.accounts.filter((offer) => accounts.some(({ accountId }) => accountId === offer.accountId));
    const connections = chosen.map(({ accountId, kind, displayName, username }) =>
      connection({ accountId, kind, displayName, username, statusSince: fromNow(0), lastCheckedAt: null }),
    );
    world.connections = [...world.connections, ...connections];
    finish(found, connections);
    response.json(found);
  });
  return router;
}

function outcome(
  world: World,
  id: string,
  purpose: 'connect' | 'reconnect',
  connectionId: string | null,
): Schemas['ConnectOutcome'] {
  return {
    session: {
      id,
      workspaceId: 'harbour-cafe',
      platform: 'facebook',
      purpose,
      connectionId,
      state: 'claimed',
      expiresAt: fromNow(0.02),
      failure: null,
    },
    consentedAs: 'Olivia Harbour',
    accounts: purpose === 'connect' ? world.offers : [],
    plan: world.plan,
    connections: [],
  };
}

function reconnect(world: World, found: Schemas['ConnectOutcome']): void {
  const broken = world.connections.filter((one) => one.status === 'needs_reconnect');
  for (const { id } of broken) {
    world.change(id, { status: 'connected', reason: null, action: null, statusSince: fromNow(0) });
  }
  finish(
    found,
    broken.map(({ id }) => world.find(id)).filter((one) => one !== undefined),
  );
}

function finish(found: Schemas['ConnectOutcome'], connections: Schemas['ConnectionView'][]): void {
  found.session = { ...found.session, state: 'done' };
  found.accounts = [];
  found.connections = connections;
}
