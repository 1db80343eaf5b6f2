import { post, put, remove } from '../control/buttons.ts';
import { requestTable } from '../control/request-table.ts';
import { escapeHtml } from '../html.ts';
import { actsOf } from './control.ts';
import { describeWorld, type PersonOverview } from './overview.ts';
import type { OAuthWorld } from './world.ts';

function personCard(world: OAuthWorld, person: PersonOverview): string {
  const path = `/control/${world.profile.name}/people/${person.id}`;
  const acts = Object.entries(actsOf(world)).map(([name, { label }]) => post(label, `${path}/${name}`));
  const notices = world.notices.names().map((notice) => post(`Tell: ${notice}`, `${path}/notify`, { notice }));
  const marks = `${person.connected ? 'connected' : 'not connected'}${person.suspended ? ', suspended' : ''}`;
  return `<div class="card"><strong>${escapeHtml(person.name)}</strong> <span class="dim">${escapeHtml(person.about)} · ${marks} · ${person.liveTokenCount} of ${person.tokenCount} tokens live</span><p>${acts.join('')}${notices.join('')}</p></div>`;
}

/** The platform's part of the control page. */
export function oauthPanel(world: OAuthWorld): string {
  const view = describeWorld(world);
  const root = `/control/${world.profile.name}`;
  return `<div class="card"><p>${put('Outage (503)', `${root}/fault`, { fault: '503' })}${remove('All well again', `${root}/fault`)}</p></div>
${view.people.map((person) => personCard(world, person)).join('')}${requestTable(world.log)}`;
}
