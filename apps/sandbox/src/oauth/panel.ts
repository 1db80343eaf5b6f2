import { post, put, remove } from '../control/buttons.ts';
import { faultForm } from '../control/fault-form.ts';
import { noticeButtons } from '../control/notice-buttons.ts';
import { requestTable } from '../control/request-table.ts';
import { switchForm } from '../control/switch-form.ts';
import { escapeHtml } from '../html.ts';
import { actsOf } from './control.ts';
import { describeWorld, type PersonOverview } from './overview.ts';
import { ROTATIONS } from './profile.ts';
import { rotationOf } from './rotation.ts';
import type { OAuthWorld } from './world.ts';

function dialogButtons(world: OAuthWorld, root: string): string {
  const path = `${root}/next-dialog`;
  const untick = world.profile.partialConsent ? Object.keys(world.profile.scopes) : [];
  return [
    put('Approve', path, { decision: 'approve' }),
    put('Deny', path, { decision: 'deny' }),
    put('Come back empty', path, { decision: 'empty' }),
    ...untick.map((scope) => put(`Untick ${scope}`, path, { decision: 'approve', untick: [scope] })),
    remove('Ask me', path),
  ].join('');
}

function tokenButtons(root: string): string {
  const next = (label: string, body: object) => put(label, `${root}/next-token`, body);
  return [
    next('Live 60 s', { lifetimeSeconds: 60 }),
    next('Live 6 days', { lifetimeSeconds: 518_400 }),
    next('Refresh token lives 5 days', { refreshLifetimeSeconds: 432_000 }),
    next('No expires_in', { omitExpiresIn: true }),
    next('No refresh token', { omitRefreshToken: true }),
    remove('As usual', `${root}/next-token`),
  ].join('');
}

function rotationButtons(world: OAuthWorld, root: string): string {
  const now = rotationOf(world);
  const mark = (rotation: string) => (rotation === now ? `${rotation} ✓` : rotation);
  return ROTATIONS.map((rotation) => put(mark(rotation), `${root}/switches`, { rotation })).join('');
}

function tokenRow(token: PersonOverview['tokens'][number]): string {
  const state = token.valid ? '<span class="good">valid</span>' : `<span class="bad">${token.problem ?? ''}</span>`;
  return `<tr><td><code>${token.fingerprint}</code></td><td>${token.kind}</td><td>${token.family}</td><td>${token.expiresAt ?? 'never'}</td><td>${state}</td></tr>`;
}

function accountRow(path: string, account: PersonOverview['accounts'][number]): string {
  const root = `${path}/accounts/${account.id}`;
  const act = account.roleLost
    ? post('Give role back', `${root}/role-restored`)
    : post('Take role away', `${root}/role-lost`);
  return `<tr><td>${escapeHtml(account.name)}</td><td><code>${escapeHtml(account.id)}</code></td><td>${escapeHtml(account.about ?? '')}</td><td>${act}</td></tr>`;
}

function personCard(world: OAuthWorld, person: PersonOverview): string {
  const path = `/control/${world.profile.name}/people/${person.id}`;
  const acts = Object.entries(actsOf(world)).map(([name, { label }]) => post(label, `${path}/${name}`));
  const marks = `${person.connected ? 'connected' : 'not connected'}${person.suspended ? ', suspended' : ''}`;
  const tokens =
    person.tokens.length === 0
      ? ''
      : `<div class="scroll"><table><tr><th>token</th><th>kind</th><th>family</th><th>expires</th><th>state</th></tr>${person.tokens.map(tokenRow).join('')}</table></div>`;
  return `<div class="card"><strong>${escapeHtml(person.name)}</strong> <span class="dim">${escapeHtml(person.about)} · ${marks} · ${person.liveTokenCount} of ${person.tokenCount} tokens live</span>
<p>${acts.join('')}</p><p>${noticeButtons(`${path}/notify`, world.notices.names())}</p><p class="dim">${escapeHtml(person.scopes.join(' '))}</p>
<details data-keep="${world.profile.name}-${person.id}"><summary>Accounts and tokens</summary><div class="scroll"><table>${person.accounts.map((account) => accountRow(path, account)).join('')}</table></div>${tokens}</details></div>`;
}

/** The platform's part of the control page. */
export function oauthPanel(world: OAuthWorld): string {
  const view = describeWorld(world);
  const root = `/control/${world.profile.name}`;
  const shown = (value: object | null) => (value === null ? 'none' : escapeHtml(JSON.stringify(value)));
  const switches = Object.fromEntries(Object.entries(view.switches).filter(([name]) => name !== 'rotation'));
  const rotation =
    world.profile.refresh.rotation === 'none' ? '' : `<h2>Rotation</h2><p>${rotationButtons(world, root)}</p>`;
  return `<div class="card"><h2>Next consent page</h2><p>${dialogButtons(world, root)}</p><p><code>${shown(view.nextDialog)}</code></p>
<h2>Next tokens</h2><p>${tokenButtons(root)}</p><p><code>${shown(view.nextToken)}</code></p>${rotation}
${faultForm(root, world.faults, { meta: world.profile.showsMetaFaults === true })}${switchForm(root, switches)}</div>
${view.people.map((person) => personCard(world, person)).join('')}${requestTable(world.log)}`;
}
