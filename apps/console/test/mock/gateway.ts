import { randomUUID } from 'node:crypto';
import express, { type Request, type Response, Router } from 'express';
import { type Connection, fromNow, type Schemas } from './accounts.ts';
import { connectRoutes } from './connect.ts';
import { refuse } from './refuse.ts';
import type { World } from './world.ts';

const one = (request: Request) => String(request.params.id);

/** The gateway's public API as far as the console calls it. */
export function gateway(world: World): Router {
  const router = Router();
  router.use(express.json());
  router.use((request, response, next) => {
    if (!request.path.startsWith('/v1')) return next();
    world.acting.push(request.get('mooring-acting-workspace'));
    const known = [...world.refusals].find(([key]) => `${request.method} ${request.path}`.startsWith(key));
    if (known) return refuse(response, known[1]);
    if (!request.get('authorization')?.startsWith('Bearer ')) {
      return refuse(response, { status: 401, code: 'unauthenticated', detail: 'A valid access token is needed.' });
    }
    return next();
  });
  router.get('/v1/me', (_request, response) => void response.json(me(world)));
  router.get('/v1/platforms', (_request, response) => void response.json({ data: platforms(), plan: world.plan }));
  router.get('/v1/workspaces/:workspace/connections', (_request, response) => {
    response.json({ data: world.connections, nextCursor: null, hasMore: false });
  });
  router.get('/v1/workspaces/:workspace/connections/summary', (_request, response) => {
    response.json(world.summary());
  });
  router.use(connectRoutes(world));
  router.use(connectionRoutes(world));
  return router;
}

function connectionRoutes(world: World): Router {
  const router = Router();
  router.get('/v1/connections/:id', (request, response) => {
    const found = world.find(one(request));
    if (!found) return refuse(response, { status: 404, code: 'not_found', detail: 'There is nothing here.' });
    response.json(detail(found, world));
  });
  router.get('/v1/connections/:id/events', (_request, response) => {
    response.json({ data: history(), nextCursor: null, hasMore: false });
  });
  router.get('/v1/connections/:id/posts', (_request, response) => void response.json({ data: posts() }));
  const attempt = (_request: Request, response: Response) => response.status(202).json({ attemptId: randomUUID() });
  router.post('/v1/connections/:id/check', attempt);
  router.post('/v1/connections/:id/refresh', attempt);
  router.get('/v1/connections/:id/disconnect-preview', (request, response) => {
    response.json({
      connection: world.find(one(request)),
      siblings: [sibling('Harbour Café Bakery')],
      revokesAtPlatform: false,
      consequences: [
        'Publishing through this account stops at once.',
        'What was published and its analytics keep their reference.',
        'Access at Facebook stays, because 1 other account needs it.',
      ],
    });
  });
  router.delete('/v1/connections/:id', (request, response) => {
    world.change(one(request), { status: 'disconnected', reason: null, action: null, statusSince: fromNow(0) });
    response.json({
      connection: world.find(one(request)),
      revocation: {
        result: 'kept_for_siblings',
        message: 'Access at Facebook was kept, because other accounts of the same consent need it.',
        manageAccessAt: 'Facebook, Settings, Business integrations',
      },
    });
  });
  return router;
}

function me(world: World): Schemas['Me'] {
  const workspace = (id: string, name: string, role: Schemas['MyWorkspace']['role']) => ({
    id,
    hubId: 'harbour',
    name,
    plan: 'professional' as const,
    timeZone: 'Europe/Berlin',
    role,
  });
  return {
    subject: 'olivia',
    name: 'Olivia Owner',
    workspaces: [
      workspace('harbour-cafe', 'Harbour Café', world.role),
      workspace('tidewater', 'Tidewater Bistro', 'hub_admin'),
    ],
    hubs: [],
  };
}

function platforms(): Schemas['PlatformOffer'][] {
  const offer = (platform: string, name: string, different: Partial<Schemas['PlatformOffer']>) => ({
    platform,
    name,
    accountsName: 'accounts',
    available: false,
    reason: null,
    message: null,
    requirements: [],
    ...different,
  });
  return [
    offer('facebook', 'Facebook', {
      available: true,
      accountsName: 'Pages',
      requirements: ['Full control of the Page, or the task to create content on it.'],
    }),
    offer('instagram', 'Instagram', { reason: 'coming_soon', message: 'Coming soon.' }),
    offer('linkedin', 'LinkedIn', { reason: 'plan', message: 'Your plan does not include LinkedIn.' }),
    offer('tiktok', 'TikTok', { reason: 'not_configured', message: 'Not set up by the operator yet.' }),
    offer('telegram', 'Telegram', { reason: 'coming_soon', message: 'Coming soon.' }),
  ];
}

const GUIDANCE = 'Reconnect, and leave every permission ticked that Facebook lists.';

function detail(found: Connection, world: World): Schemas['ConnectionDetail'] {
  const may = world.role === 'owner' && found.status !== 'disconnected';
  const lacking = found.action === 'grant_permissions' ? ['pages_manage_metadata'] : [];
  return {
    ...found,
    connectedAt: fromNow(-120),
    connectedBy: { subject: 'olivia', name: 'Olivia Owner' },
    consentedAt: fromNow(-50),
    consentedAs: 'Olivia Harbour',
    grantedScopes: ['pages_show_list', 'pages_manage_posts', 'pages_read_engagement'],
    missingScopes: lacking,
    capabilities: [
      { capability: 'publish', state: 'granted', missingScopes: [] },
      { capability: 'messages', state: lacking.length > 0 ? 'missing' : 'granted', missingScopes: lacking },
      { capability: 'ads', state: 'unknown', missingScopes: [] },
    ],
    guidance: found.reason && found.action ? { text: GUIDANCE, action: found.action } : null,
    showsPosts: found.kind === 'facebook_page',
    tokenExpiresAt: null,
    dataAccessExpiresAt: fromNow(70),
    manageAccessAt: 'Facebook, Settings, Business integrations',
    abilities: { reconnect: may, refresh: may, check: may, disconnect: may },
  };
}

function sibling(displayName: string): Schemas['SiblingView'] {
  return { id: randomUUID(), displayName, kind: 'facebook_page', kindName: 'Facebook Page' };
}

function posts(): Schemas['PostView'][] {
  return [
    { id: '9_1', text: 'Fresh bread from six', permalink: null, imageUrl: null, publishedAt: fromNow(-1) },
    { id: '9_0', text: null, permalink: 'javascript:alert(1)', imageUrl: null, publishedAt: null },
  ];
}

function history(): Schemas['HistoryEntryView'][] {
  const entry = (kind: Schemas['HistoryEntryView']['kind'], days: number, summary: string, byPerson = false) => ({
    id: randomUUID(),
    kind,
    occurredAt: fromNow(days),
    summary,
    by: byPerson ? { subject: 'olivia', name: 'Olivia Owner' } : null,
    onBehalfOfWorkspace: false,
  });
  return [
    entry('ConnectionExpired', -0.09, 'Facebook cut the account off: password changed'),
    entry('ConnectionRefreshed', -12, 'Access renewed'),
    entry('ConnectionChecked', -20, 'Checked at Facebook: access works', true),
    entry('ConnectionEstablished', -120, 'Connected', true),
  ];
}
