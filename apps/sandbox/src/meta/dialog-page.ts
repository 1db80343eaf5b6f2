import { escapeHtml, htmlPage } from '../html.ts';
import type { Values } from '../request-values.ts';
import { askedScopes, type DialogRequest } from './dialog-request.ts';
import { pageById } from './pages.ts';
import { PEOPLE, type FacebookPerson } from './people.ts';
import type { FacebookWorld } from './world.ts';

const PERMISSION_TEXTS: Record<string, string> = {
  pages_show_list: 'Show a list of the Pages you manage',
  pages_manage_posts: 'Create and manage content on your Page',
  pages_read_engagement: 'Read content posted on the Page',
  pages_manage_metadata: 'Manage accounts, settings and webhooks for a Page',
  pages_manage_engagement: 'Create and manage comments on your Page',
  pages_read_user_content: 'Read user content on your Page',
  pages_messaging: 'Manage and access Page conversations in Messenger',
  business_management: 'Manage your business',
  read_insights: 'Access your Page and app insights',
  instagram_basic: 'Access profile and posts from the Instagram account connected to your Page',
  instagram_content_publish: 'Upload media and create posts for the Instagram account connected to your Page',
  instagram_manage_comments: 'Manage comments for the Instagram account connected to your Page',
  instagram_manage_insights: 'Access insights for the Instagram account connected to your Page',
  instagram_manage_messages: 'Manage and access conversations in Instagram Direct',
  ads_read: 'Access your Facebook ads and related stats',
  ads_management: 'Manage ads for ad accounts that you have access to',
  email: 'Your email address',
};

export interface DialogView {
  world: FacebookWorld;
  request: DialogRequest;
  person: FacebookPerson;
  query: Values;
}

function box(name: string, value: string, label: string): string {
  return `<label><input type="checkbox" name="${name}" value="${escapeHtml(value)}" checked> ${escapeHtml(label)}</label>`;
}

function queryText(query: Values, person?: string): string {
  const entries = Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const search = new URLSearchParams(entries.filter(([key]) => key !== 'sandbox_person'));
  if (person !== undefined) search.set('sandbox_person', person);
  return `?${search.toString()}`;
}

function peopleList({ query, person }: DialogView): string {
  return PEOPLE.map((candidate) => {
    const chosen = candidate === person ? ' chosen" aria-current="true' : '';
    const link = escapeHtml(queryText(query, candidate.id));
    return `<a class="button small${chosen}" title="${escapeHtml(candidate.about)}" href="${link}">${escapeHtml(candidate.name)}</a>`;
  }).join('');
}

function pageBoxes({ world, person }: DialogView): string {
  const roles = person.roles.filter((role) => world.roleOn(person, role.pageId) !== undefined);
  if (roles.length === 0) return '<p class="dim">You don’t manage any Pages.</p>';
  return roles
    .map((role) => {
      const page = pageById(role.pageId);
      const linked = page?.instagram === undefined ? '' : ` · Instagram @${page.instagram.username}`;
      return box('pages', role.pageId, `${page?.name ?? role.pageId}${linked}`);
    })
    .join('');
}

/** The consent page; one click on Continue agrees to everything. */
export function dialogPage(view: DialogView): string {
  const { world, request, person, query } = view;
  const asked = askedScopes(world, request, person).filter((scope) => scope !== 'public_profile');
  const kept = request.scopes.filter((scope) => !asked.includes(scope) && scope !== 'public_profile');
  const permissions = asked.map((scope) => box('permissions', scope, PERMISSION_TEXTS[scope] ?? scope)).join('');
  const declined =
    kept.length === 0 ? '' : `<p class="dim">Declined earlier and not asked again: ${escapeHtml(kept.join(', '))}</p>`;
  const body = `<div class="card"><p class="dim">Facebook · sandbox</p>
<h1>Continue as ${escapeHtml(person.name)}?</h1>
<p>Mooring would like to manage Pages on your behalf.</p>
<form method="post" action="${escapeHtml(queryText(query))}">
<input type="hidden" name="boxes" value="1"><input type="hidden" name="person" value="${person.id}">
<div class="actions reversed"><button class="primary" name="decision" value="continue" autofocus>Continue</button>
<button name="decision" value="cancel">Cancel</button></div>
<h2>Pages</h2>${pageBoxes(view)}<h2>Permissions</h2>${permissions}${declined}
</form></div>
<div class="card"><h2>Log in as someone else</h2><div class="people">${peopleList(view)}</div></div>`;
  return htmlPage({ title: 'Log in with Facebook', body });
}
