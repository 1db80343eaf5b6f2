import { parseCookie } from 'cookie';
import express, { Router, type Response } from 'express';
import { writeFault } from '../faults/answer.ts';
import { escapeHtml, htmlPage } from '../html.ts';
import { asValues, textOf, type Values } from '../request-values.ts';
import { issueCode } from './codes.ts';
import { giveConsent } from './consent.ts';
import { dialogPage } from './dialog-page.ts';
import { askedScopes, DialogRefusal, readDialogForm, readDialogRequest, type DialogRequest } from './dialog-request.ts';
import { DEFAULT_PERSON, personById, type FacebookPerson } from './people.ts';
import type { RequestLog } from '../request-log.ts';
import type { FacebookWorld, NextDialog } from './world.ts';

const PERSON_COOKIE = 'sandbox_facebook_person';

interface Agreement {
  person: FacebookPerson;
  ticked: string[] | undefined;
  pages: string[] | undefined;
}

function personOr(...ids: (string | undefined)[]): FacebookPerson {
  for (const id of [...ids, DEFAULT_PERSON]) {
    const person = id === undefined ? undefined : personById(id);
    if (person !== undefined) return person;
  }
  throw new Error('The sandbox has no default person');
}

/** Facebook appends `#_=_` to every redirect back. */
function sendBack(res: Response, request: DialogRequest, outcome: Record<string, string>): void {
  const target = new URL(request.redirectUri);
  for (const [key, value] of Object.entries(outcome)) target.searchParams.set(key, value);
  if (request.state !== undefined && Object.keys(outcome).length > 0) target.searchParams.set('state', request.state);
  res.set('Cache-Control', 'no-store').redirect(302, `${target.toString()}#_=_`);
}

function approve(world: FacebookWorld, request: DialogRequest, agreement: Agreement): Record<string, string> {
  const { person } = agreement;
  const asked = askedScopes(world, request, person);
  const { granted, denied } = giveConsent(world, person, {
    asked,
    ticked: (request.allOrNone ? undefined : agreement.ticked) ?? asked,
    pages: agreement.pages ?? null,
  });
  return {
    code: issueCode(world, person, request.redirectUri),
    ...(request.grantedScopes || request.returnScopes ? { granted_scopes: granted.join(',') } : {}),
    ...(request.returnScopes ? { denied_scopes: denied.join(',') } : {}),
  };
}

const DENIAL = {
  error: 'access_denied',
  error_code: '200',
  error_description: 'Permissions error',
  error_reason: 'user_denied',
};

function decideAtOnce(world: FacebookWorld, request: DialogRequest, next: NextDialog): Record<string, string> {
  if (next.decision === 'deny') return DENIAL;
  if (next.decision === 'empty') return {};
  if (next.decision === 'misconfigured') {
    return { error_code: '901', error_message: 'This app is in sandbox mode.  Edit the app configuration.' };
  }
  const ticked = request.scopes.filter((scope) => !next.untick.includes(scope));
  return approve(world, request, { person: personOr(next.person), ticked, pages: next.pages });
}

function showDialog(world: FacebookWorld, res: Response, query: Values, remembered: string | undefined): void {
  const request = readDialogRequest(world, query);
  const next = world.takeNextDialog();
  if (next !== undefined) return sendBack(res, request, decideAtOnce(world, request, next));
  const person = personOr(textOf(query, 'sandbox_person'), remembered);
  res.cookie(PERSON_COOKIE, person.id, { path: '/', httpOnly: true, sameSite: 'lax' });
  res
    .set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
    .send(dialogPage({ world, request, person, query }));
}

/** `www.facebook.com/{version}/dialog/oauth`: GET shows the page, POST is its form. */
export function dialogRouter(world: FacebookWorld, log: RequestLog): Router {
  const router = Router();
  router.use('/:version/dialog/oauth', express.urlencoded({ extended: false }), async (req, res) => {
    const fault = world.faults.take({ kind: 'authorize', endpoint: 'dialog/oauth' });
    const remembered = parseCookie(req.get('cookie') ?? '')[PERSON_COOKIE];
    const query = asValues(req.query);
    try {
      if (fault !== undefined) {
        await writeFault(res, fault, { status: 500, body: {} });
      } else if (req.method === 'POST') {
        const request = readDialogRequest(world, query);
        const form = readDialogForm(asValues(req.body));
        const person = personOr(form.person, remembered);
        res.cookie(PERSON_COOKIE, person.id, { path: '/', httpOnly: true, sameSite: 'lax' });
        const agreement = { person, ticked: form.permissions, pages: form.pages };
        sendBack(res, request, form.cancelled ? DENIAL : approve(world, request, agreement));
      } else {
        showDialog(world, res, query, remembered);
      }
    } catch (error) {
      if (!(error instanceof DialogRefusal)) throw error;
      const body = `<div class="card"><h1>Facebook (sandbox)</h1><p>${escapeHtml(error.message)}</p></div>`;
      res.status(400).send(htmlPage({ title: 'Error', body }));
    }
    const called = { method: req.method, kind: 'authorize', endpoint: 'dialog/oauth' };
    const entry = { at: new Date().toISOString(), ...called, fault: fault?.kind };
    log.add({ ...entry, status: res.headersSent ? res.statusCode : null, person: remembered });
  });
  return router;
}
