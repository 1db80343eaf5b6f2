import { Router, type Request } from 'express';
import { ControlError } from '../control/control-error.ts';
import { readNotify } from '../control/read-notify.ts';
import { addAppRoute, addFaultRoutes, addRequestRoutes } from '../control/shared-routes.ts';
import { asValues, listOf, numberOf, textOf } from '../request-values.ts';
import { giveConsent } from './consent.ts';
import { readNextDialog, readNextToken, readSwitches } from './control-input.ts';
import { describePerson, describeWorld } from './overview.ts';
import { PERSON_ACTS, type PersonAct } from './person-acts.ts';
import type { PlayedPerson } from './profile.ts';
import type { OAuthWorld } from './world.ts';

const GRANTS_MAX = 20_000;

function personOf(world: OAuthWorld, req: Request<{ person: string }>): PlayedPerson {
  const person = world.person(req.params.person);
  if (person === undefined) throw new ControlError('no such person', 404);
  return person;
}

/** Acts that every platform has, with the platform's own beside or in place of them. */
export function actsOf(world: OAuthWorld): Record<string, PersonAct> {
  return { ...PERSON_ACTS, ...world.profile.acts };
}

function addSettings(router: Router, world: OAuthWorld): void {
  router.get('/', (_req, res) => void res.json(describeWorld(world)));
  router.put('/next-dialog', (req, res) => {
    world.nextDialog = readNextDialog(asValues(req.body));
    res.json(world.nextDialog);
  });
  router.delete('/next-dialog', (_req, res) => {
    world.nextDialog = undefined;
    res.status(204).end();
  });
  router.put('/next-token', (req, res) => {
    world.nextToken = readNextToken(asValues(req.body));
    res.json(world.nextToken);
  });
  router.delete('/next-token', (_req, res) => {
    world.nextToken = undefined;
    res.status(204).end();
  });
  router.put('/switches', (req, res) => {
    Object.assign(world.state.switches, readSwitches(asValues(req.body)));
    world.changed();
    res.json(world.state.switches);
  });
}

/** Consents without a browser, many at once; the only control route that answers secrets. */
function addGrants(router: Router, world: OAuthWorld): void {
  router.post('/people/:person/grants', (req, res) => {
    const person = personOf(world, req);
    const body = asValues(req.body);
    const count = Math.min(numberOf(body, 'count') ?? 1, GRANTS_MAX);
    const scopes = listOf(body, 'scopes') ?? Object.keys(world.profile.scopes);
    const next = { ...readNextToken(body), remaining: count };
    giveConsent(world, person, scopes);
    const grants = Array.from({ length: count }, () => world.grants.open(person, { scopes, next }));
    res.json(
      grants.map(({ access, refresh, expiresInSeconds, refreshExpiresInSeconds, family }) => ({
        family: family.id,
        accessToken: access.value,
        expiresInSeconds: expiresInSeconds ?? null,
        refreshToken: refresh?.value ?? null,
        refreshExpiresInSeconds: refreshExpiresInSeconds ?? null,
      })),
    );
  });
}

function addPeople(router: Router, world: OAuthWorld): void {
  router.get('/people', (_req, res) => void res.json(describeWorld(world).people));
  router.get('/people/:person', (req, res) => void res.json(describePerson(world, personOf(world, req))));
  router.post('/people/:person/notify', async (req, res) => {
    const result = await world.notices.send(personOf(world, req), readNotify(asValues(req.body)));
    if (result === undefined) throw new ControlError('the platform sends no such notice', 404);
    res.json(result);
  });
  router.post('/people/:person/:act', (req, res) => {
    const person = personOf(world, req);
    const act = actsOf(world)[req.params.act];
    if (act === undefined) throw new ControlError('unknown act', 404);
    act.apply(world, person, asValues(req.body));
    world.changed();
    res.json(describePerson(world, person));
  });
  router.post('/people/:person/accounts/:account/:act', (req, res) => {
    const person = personOf(world, req);
    const { account, act } = req.params;
    if (!person.accounts.some(({ id }) => id === account)) throw new ControlError('no such account', 404);
    if (act !== 'role-lost' && act !== 'role-restored') throw new ControlError('unknown act', 404);
    const state = world.stateOf(person);
    state.lostAccounts = state.lostAccounts.filter((id) => id !== account);
    if (act === 'role-lost') state.lostAccounts.push(account);
    world.changed();
    res.json(describePerson(world, person));
  });
}

/** `/control/{platform}`: the same verbs for every platform. */
export function oauthControl(world: OAuthWorld): Router {
  const router = Router();
  addSettings(router, world);
  addFaultRoutes(router, world.faults);
  addAppRoute(router, world);
  addRequestRoutes(router, world.log);
  addGrants(router, world);
  addPeople(router, world);
  router.get('/posts', (req, res) => {
    const account = textOf(asValues(req.query), 'account');
    res.json(world.state.posts.filter((post) => account === undefined || post.accountId === account));
  });
  return router;
}
