import { escapeHtml } from '../html.ts';
import { pageById } from '../meta/pages.ts';
import type { RequestLog } from '../request-log.ts';
import type { FacebookWorld } from '../meta/world.ts';
import { post, put, remove } from './buttons.ts';
import { faultForm } from './fault-form.ts';
import { noticeButtons } from './notice-buttons.ts';
import { describeFacebook, type PersonOverview, type TokenOverview } from './overview.ts';
import { PERSON_ACTS } from './person-acts.ts';
import { requestTable } from './request-table.ts';
import { switchForm } from './switch-form.ts';

function dialogButtons(): string {
  const next = (label: string, body: object) => put(label, '/control/facebook/next-dialog', body);
  return [
    next('Approve', { decision: 'approve' }),
    next('Deny', { decision: 'deny' }),
    next('Untick pages_manage_posts', { decision: 'approve', untick: ['pages_manage_posts'] }),
    next('App misconfigured (901)', { decision: 'misconfigured' }),
    next('Come back empty', { decision: 'empty' }),
    remove('Ask me', '/control/facebook/next-dialog'),
  ].join('');
}

function tokenButtons(): string {
  const next = (label: string, body: object) => put(label, '/control/facebook/next-token', body);
  return [
    next('Lives 6 days', { lifetimeSeconds: 518_400 }),
    next('Lives 60 s', { lifetimeSeconds: 60 }),
    next('No expires_in', { omitExpiresIn: true }),
    next('Isn’t extended', { extends: false }),
    remove('As usual', '/control/facebook/next-token'),
  ].join('');
}

function tokenRow(token: TokenOverview): string {
  const state = token.valid
    ? '<span class="good">valid</span>'
    : `<span class="bad">dead ${token.subcode ?? ''}</span>`;
  const owner = token.pageId === undefined ? '' : escapeHtml(pageById(token.pageId)?.name ?? token.pageId);
  const life = token.longLived ? 'long' : 'short';
  return `<tr><td><code>${token.fingerprint}</code></td><td>${token.kind} ${owner}</td><td>${life}</td><td>${token.expiresAt ?? 'never'}</td><td>${state}</td></tr>`;
}

function pageRow(person: PersonOverview, page: PersonOverview['pages'][number]): string {
  const path = `/control/facebook/people/${person.id}/pages/${page.id}`;
  const act = page.roleLost
    ? post('Give role back', `${path}/role-restored`)
    : post('Take role away', `${path}/role-lost`);
  return `<tr><td>${escapeHtml(page.name)}</td><td><code>${page.id}</code></td><td>${act}</td></tr>`;
}

function adAccountRow(person: PersonOverview, account: PersonOverview['adAccounts'][number]): string {
  const path = `/control/facebook/people/${person.id}/accounts/${account.id}`;
  const act = account.roleLost
    ? post('Give role back', `${path}/role-restored`)
    : post('Take role away', `${path}/role-lost`);
  return `<tr><td>${escapeHtml(account.name)} (ads)</td><td><code>act_${account.id}</code></td><td>${act}</td></tr>`;
}

function permissionList(person: PersonOverview): string {
  const path = `/control/facebook/people/${person.id}/permissions`;
  const one = ([name, status]: [string, string]) =>
    status === 'granted'
      ? post(`− ${name}`, `${path}/${name}/remove`)
      : `<span class="dim">${escapeHtml(name)} ${status}</span>${post('+', `${path}/${name}/restore`)}`;
  return Object.entries(person.permissions).map(one).join(' ');
}

function personCard(world: FacebookWorld, person: PersonOverview): string {
  const path = `/control/facebook/people/${person.id}`;
  const acts = Object.entries(PERSON_ACTS).map(([name, { label }]) => post(label, `${path}/${name}`));
  const marks = [
    person.authorized ? 'connected' : 'not connected',
    ...(person.checkpointed ? ['checkpoint'] : []),
    ...(person.unconfirmed ? ['unconfirmed'] : []),
  ].join(', ');
  const more =
    person.pageCount > person.pages.length
      ? `<p class="dim">… and ${person.pageCount - person.pages.length} more Pages</p>`
      : '';
  const tokens =
    person.tokens.length === 0
      ? ''
      : `<div class="scroll"><table><tr><th>token</th><th>of</th><th>life</th><th>expires</th><th>state</th></tr>${person.tokens.map(tokenRow).join('')}</table></div>`;
  return `<div class="card"><strong>${escapeHtml(person.name)}</strong> <span class="dim">${escapeHtml(person.about)} · ${marks} · ${person.tokenCount} tokens</span>
<p>${acts.join('')}</p><p>${noticeButtons(`${path}/notify`, world.notices.names())}</p><p>${permissionList(person)}</p>
<details data-keep="${person.id}"><summary>Pages and tokens</summary><div class="scroll"><table>${person.pages.map((page) => pageRow(person, page)).join('')}${person.adAccounts.map((account) => adAccountRow(person, account)).join('')}</table></div>${more}${tokens}</details></div>`;
}

/** Facebook's part of the control page. */
export function facebookPanel(world: FacebookWorld, log: RequestLog): string {
  const view = describeFacebook(world);
  const shown = (value: object | null) =>
    value === null ? '<span class="dim">none</span>' : `<code>${escapeHtml(JSON.stringify(value))}</code>`;
  return `<div class="card"><h2>Next dialog</h2><p>${dialogButtons()}</p><p>${shown(view.nextDialog)}</p>
<h2>Next long-lived token</h2><p>${tokenButtons()}</p><p>${shown(view.nextToken)}</p>
${faultForm('/control/facebook', world.faults, { meta: true })}
${switchForm('/control/facebook', view.switches)}</div>
${view.people.map((person) => personCard(world, person)).join('')}
${requestTable(log)}`;
}
