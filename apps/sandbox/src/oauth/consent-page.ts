import { escapeHtml, htmlPage } from '../html.ts';
import type { Values } from '../request-values.ts';
import type { AuthorizeRequest } from './authorize-request.ts';
import type { PlayedPerson } from './profile.ts';
import type { OAuthWorld } from './world.ts';

export interface ConsentView {
  world: OAuthWorld;
  request: AuthorizeRequest;
  person: PlayedPerson;
  query: Values;
}

function queryText(query: Values, person?: string): string {
  const entries = Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const search = new URLSearchParams(entries.filter(([key]) => key !== 'sandbox_person'));
  if (person !== undefined) search.set('sandbox_person', person);
  return `?${search.toString()}`;
}

function peopleList({ world, query, person }: ConsentView): string {
  return world.profile.people
    .map((candidate) => {
      const chosen = candidate === person ? ' chosen" aria-current="true' : '';
      const link = escapeHtml(queryText(query, candidate.id));
      return `<a class="button small${chosen}" title="${escapeHtml(candidate.about)}" href="${link}">${escapeHtml(candidate.name)}</a>`;
    })
    .join('');
}

function scopeList({ world, request }: ConsentView): string {
  return request.scopes
    .map((scope) => {
      const text = escapeHtml(world.profile.scopes[scope] ?? scope);
      if (!world.profile.partialConsent) return `<li>${text} <code>${escapeHtml(scope)}</code></li>`;
      return `<label><input type="checkbox" name="permissions" value="${escapeHtml(scope)}" checked> ${text}</label>`;
    })
    .join('');
}

/** The consent page; one click on Continue agrees to everything. */
export function consentPage(view: ConsentView): string {
  const { world, person, query } = view;
  const accounts = world
    .accountsOf(person)
    .map((account) => escapeHtml(account.name))
    .join(', ');
  const body = `<div class="card"><p class="dim">${escapeHtml(world.profile.title)} · sandbox</p>
<h1>Continue as ${escapeHtml(person.name)}?</h1>
<p>Mooring would like to act on your behalf.${accounts === '' ? '' : ` <span class="dim">${accounts}</span>`}</p>
<form method="post" action="${escapeHtml(queryText(query))}">
<input type="hidden" name="boxes" value="1"><input type="hidden" name="person" value="${escapeHtml(person.id)}">
<div class="actions reversed"><button class="primary" name="decision" value="continue" autofocus>Continue</button>
<button name="decision" value="cancel">Cancel</button></div>
<h2>Permissions</h2>${scopeList(view)}
</form></div>
<div class="card"><h2>Log in as someone else</h2><div class="people">${peopleList(view)}</div></div>`;
  return htmlPage({ title: `Log in with ${world.profile.title}`, body });
}
