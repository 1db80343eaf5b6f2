import { parseCookie } from 'cookie';
import type { Request, Response, Router } from 'express';
import { writeFault } from '../faults/answer.ts';
import { escapeHtml, htmlPage } from '../html.ts';
import { asValues, listOf, textOf, type Values } from '../request-values.ts';
import { consentPage } from './consent-page.ts';
import { approve } from './consent.ts';
import { AuthorizeRefusal, checkRequest, type AuthorizeRequest } from './authorize-request.ts';
import type { PlayedPerson } from './profile.ts';
import type { NextDialog, OAuthWorld } from './world.ts';

export interface Approval {
  code: string;
  granted: string[];
  request: AuthorizeRequest;
  person: PlayedPerson;
}

/** Wire format of a consent page. */
export interface AuthorizeWire {
  path: string;
  read(query: Values): AuthorizeRequest;
  /** Parameters of the redirect after consent, without `state`. */
  success(approval: Approval): Record<string, string>;
  /** Parameters of the redirect after a refusal, without `state`. */
  denial(request: AuthorizeRequest): Record<string, string>;
  /** Parameters of a redirect that says what is wrong with the request; undefined: nothing. */
  problem?(world: OAuthWorld, request: AuthorizeRequest): Record<string, string> | undefined;
  /** What the page says to a person who can't connect at all; undefined: nothing. */
  refuses?(world: OAuthWorld, person: PlayedPerson): string | undefined;
  /** True where the person is sent back at once, having agreed before. */
  skips?(world: OAuthWorld, request: AuthorizeRequest, person: PlayedPerson): boolean;
  /** What the platform appends to its redirects: `#_=_`. */
  fragment?: string;
  /** HTTP status of the platform's own error page; 400 unless said. */
  pageStatus?: number;
}

interface Visit {
  world: OAuthWorld;
  wire: AuthorizeWire;
  request: AuthorizeRequest;
  req: Request;
  res: Response;
}

const cookieName = (world: OAuthWorld): string => `sandbox_${world.profile.name}_person`;

function rememberedPerson(world: OAuthWorld, req: Request): string | undefined {
  return parseCookie(req.get('cookie') ?? '')[cookieName(world)];
}

function personOr(world: OAuthWorld, ...ids: (string | undefined)[]): PlayedPerson {
  const found = ids
    .map((id) => (id === undefined ? undefined : world.person(id)))
    .find((person) => person !== undefined);
  const person = found ?? world.profile.people[0];
  if (person === undefined) throw new Error(`Nobody lives at ${world.profile.name}`);
  return person;
}

function sendBack({ wire, request, res }: Visit, outcome: Record<string, string>): void {
  const target = new URL(request.redirectUri);
  for (const [key, value] of Object.entries(outcome)) target.searchParams.set(key, value);
  if (request.state !== undefined && Object.keys(outcome).length > 0) target.searchParams.set('state', request.state);
  res.set('Cache-Control', 'no-store').redirect(302, `${target.toString()}${wire.fragment ?? ''}`);
}

function agree(visit: Visit, person: PlayedPerson, ticked: string[] | undefined): void {
  const { world, wire, request } = visit;
  if (world.stateOf(person).suspended) throw new AuthorizeRefusal('This account is suspended.');
  const refused = wire.refuses?.(world, person);
  if (refused !== undefined) throw new AuthorizeRefusal(refused);
  const { code, granted } = approve(world, person, request, ticked);
  sendBack(visit, wire.success({ code, granted, request, person }));
}

function decideAtOnce(visit: Visit, next: NextDialog): void {
  const { wire, request, world } = visit;
  if (next.decision === 'deny') return sendBack(visit, wire.denial(request));
  if (next.decision === 'empty') return sendBack(visit, {});
  if (next.decision === 'error') return sendBack(visit, next.parameters);
  const ticked = request.scopes.filter((scope) => !next.untick.includes(scope));
  return agree(visit, personOr(world, next.person, rememberedPerson(world, visit.req)), ticked);
}

function show(visit: Visit): void {
  const { world, wire, request, req, res } = visit;
  const next = world.takeNextDialog();
  if (next !== undefined) return decideAtOnce(visit, next);
  const query = asValues(req.query);
  const person = personOr(world, textOf(query, 'sandbox_person'), rememberedPerson(world, req));
  if (rememberedPerson(world, req) === person.id && wire.skips?.(world, request, person) === true) {
    return agree(visit, person, undefined);
  }
  res.cookie(cookieName(world), person.id, { path: '/', httpOnly: true, sameSite: 'lax' });
  res.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
  res.send(consentPage({ world, request, person, query }));
}

/** The posted form. Only with `boxes=1` do missing boxes count as unticked; so a bare post agrees to everything. */
function submit(visit: Visit): void {
  const { world, wire, request, req, res } = visit;
  const form = asValues(req.body);
  const person = personOr(world, textOf(form, 'person'), rememberedPerson(world, req));
  res.cookie(cookieName(world), person.id, { path: '/', httpOnly: true, sameSite: 'lax' });
  if (textOf(form, 'decision') === 'cancel') return sendBack(visit, wire.denial(request));
  const unticked = textOf(form, 'boxes') === '1' ? [] : undefined;
  return agree(visit, person, listOf(form, 'permissions') ?? unticked);
}

function visitPage(world: OAuthWorld, wire: AuthorizeWire, req: Request, res: Response): void {
  try {
    const request = wire.read(asValues(req.query));
    checkRequest(world, request);
    const visit: Visit = { world, wire, request, req, res };
    const problem = wire.problem?.(world, request);
    if (problem !== undefined) sendBack(visit, problem);
    else if (req.method === 'POST') submit(visit);
    else show(visit);
  } catch (error) {
    if (!(error instanceof AuthorizeRefusal)) throw error;
    const { title } = world.profile;
    const body = `<div class="card"><h1>${escapeHtml(title)} (sandbox)</h1><p>${escapeHtml(error.message)}</p></div>`;
    res.status(wire.pageStatus ?? 400).send(htmlPage({ title: 'Error', body }));
  }
}

/** The consent page: GET shows it, POST is its form. */
export function addAuthorize(router: Router, world: OAuthWorld, wire: AuthorizeWire): void {
  router.all(wire.path, async (req, res) => {
    const fault = world.faults.take({ kind: 'authorize', endpoint: 'authorize' });
    if (fault === undefined) visitPage(world, wire, req, res);
    const struck = fault === undefined ? undefined : await writeFault(res, fault, { status: 500, body: {} });
    const status = fault === undefined ? res.statusCode : (struck ?? null);
    const called = {
      method: req.method,
      kind: 'authorize',
      endpoint: 'authorize',
      person: rememberedPerson(world, req),
    };
    world.log.add({ at: new Date().toISOString(), ...called, status, fault: fault?.kind });
  });
}
