import { Router, type Request } from 'express';
import { deauthorize } from '../meta/deauthorize.ts';
import { personById, type FacebookPerson } from '../meta/people.ts';
import { sendPermissionsWebhook } from '../meta/permissions-webhook.ts';
import type { RequestLog } from '../request-log.ts';
import type { PermissionStatus } from '../meta/state.ts';
import { TokenBook } from '../meta/tokens.ts';
import type { FacebookWorld } from '../meta/world.ts';
import { asValues, flagOf, numberOf, textOf, type Values } from '../request-values.ts';
import { ControlError } from './control-error.ts';
import { readNextDialog, readNextToken } from './input.ts';
import { describeFacebook, describePerson } from './overview.ts';
import { PERSON_ACTS } from './person-acts.ts';
import { readNotify } from './read-notify.ts';
import { addAppRoute, addFaultRoutes, addRequestRoutes } from './shared-routes.ts';

const PERMISSION_ACTS: Record<string, PermissionStatus> = { remove: 'declined', expire: 'expired', restore: 'granted' };

function bodyOf(req: Request): Values {
  return asValues(req.body);
}

function personOf(req: Request<{ person: string }>): FacebookPerson {
  const person = personById(req.params.person);
  if (person === undefined) throw new ControlError('no such person', 404);
  return person;
}

function addSettings(router: Router, world: FacebookWorld): void {
  router.get('/', (_req, res) => void res.json(describeFacebook(world)));
  router.put('/next-dialog', (req, res) => {
    world.nextDialog = readNextDialog(bodyOf(req));
    res.json(world.nextDialog);
  });
  router.delete('/next-dialog', (_req, res) => {
    world.nextDialog = undefined;
    res.status(204).end();
  });
  router.put('/next-token', (req, res) => {
    world.nextToken = readNextToken(bodyOf(req));
    res.json(world.nextToken);
  });
  router.delete('/next-token', (_req, res) => {
    world.nextToken = undefined;
    res.status(204).end();
  });
  router.put('/switches', (req, res) => {
    const body = bodyOf(req);
    const { switches } = world.state;
    switches.requireAppSecret = flagOf(body, 'requireAppSecret') ?? switches.requireAppSecret;
    switches.omitSubcodes = flagOf(body, 'omitSubcodes') ?? switches.omitSubcodes;
    switches.dataAccessDays = numberOf(body, 'dataAccessDays') ?? switches.dataAccessDays;
    switches.dataAccessEnds = flagOf(body, 'dataAccessEnds') ?? switches.dataAccessEnds;
    switches.configScopes = textOf(body, 'configScopes') ?? switches.configScopes;
    const answer = textOf(body, 'deletePermissionsAnswer');
    if (answer === 'true' || answer === 'object') switches.deletePermissionsAnswer = answer;
    world.changed();
    res.json(switches);
  });
}

function addPeople(router: Router, world: FacebookWorld): void {
  router.get('/people', (_req, res) => void res.json(describeFacebook(world).people));
  router.get('/people/:person', (req, res) => void res.json(describePerson(world, personOf(req))));
  for (const [name, act] of Object.entries(PERSON_ACTS)) {
    router.post(`/people/:person/${name}`, (req, res) => {
      act.apply(world, personOf(req));
      world.changed();
      res.json(describePerson(world, personOf(req)));
    });
  }
  router.post('/people/:person/invalidate', (req, res) => {
    const subcode = numberOf(bodyOf(req), 'subcode');
    if (subcode === undefined) throw new ControlError('subcode must be a number');
    new TokenBook(world).kill(personOf(req), { subcode, by: 'control' });
    res.json(describePerson(world, personOf(req)));
  });
}

function addCallbacks(router: Router, world: FacebookWorld): void {
  router.post('/people/:person/deauthorize', async (req, res) => {
    const body = bodyOf(req);
    const result = await deauthorize(world, personOf(req), {
      url: textOf(body, 'url'),
      tampered: flagOf(body, 'tampered') ?? false,
      padded: flagOf(body, 'padded') ?? false,
      removes: flagOf(body, 'removes') ?? true,
    });
    res.json(result);
  });
  router.post('/people/:person/permissions-webhook', async (req, res) => {
    const body = bodyOf(req);
    const result = await sendPermissionsWebhook(world, personOf(req), {
      url: textOf(body, 'url'),
      field: textOf(body, 'field') ?? 'connected',
      verb: textOf(body, 'verb'),
      tampered: flagOf(body, 'tampered') ?? false,
    });
    res.json(result);
  });
}

function addNotify(router: Router, world: FacebookWorld): void {
  router.post('/people/:person/notify', async (req, res) => {
    const result = await world.notices.send(personOf(req), readNotify(bodyOf(req)));
    if (result === undefined) throw new ControlError('the platform sends no such notice', 404);
    res.json(result);
  });
}

function addAssets(router: Router, world: FacebookWorld): void {
  // `pages` or, as at every platform, `accounts`.
  router.post('/people/:person/:assets/:asset/:act', (req, res, next) => {
    const { assets, asset, act } = req.params;
    if (assets !== 'pages' && assets !== 'accounts') return next();
    const person = personOf(req);
    const known = [...person.roles.map((role) => role.pageId), ...person.adAccounts.map((account) => account.id)];
    if (!known.includes(asset)) throw new ControlError('no role on that Page or account', 404);
    if (act !== 'role-lost' && act !== 'role-restored') throw new ControlError('unknown act', 404);
    const state = world.stateOf(person);
    state.lostRoles = state.lostRoles.filter((id) => id !== asset);
    if (act === 'role-lost') state.lostRoles.push(asset);
    world.changed();
    res.json(describePerson(world, person));
  });
  router.post('/people/:person/permissions/:permission/:act', (req, res) => {
    const person = personOf(req);
    const status = PERMISSION_ACTS[req.params.act];
    if (status === undefined) throw new ControlError('unknown act', 404);
    world.stateOf(person).permissions[req.params.permission] = status;
    world.changed();
    res.json(describePerson(world, person));
  });
}

/** `/control/facebook`. */
export function facebookControl(world: FacebookWorld, log: RequestLog): Router {
  const router = Router();
  addSettings(router, world);
  addFaultRoutes(router, world.faults);
  addAppRoute(router, world);
  addRequestRoutes(router, log);
  addPeople(router, world);
  addCallbacks(router, world);
  addNotify(router, world);
  addAssets(router, world);
  router.get('/posts', (req, res) => {
    const page = textOf(asValues(req.query), 'page');
    const posts = world.state.posts.filter((post) => page === undefined || post.pageId === page);
    res.json(posts.map((post) => ({ ...post, createdAt: new Date(post.createdAtMs).toISOString() })));
  });
  return router;
}
