import { escapeHtml, htmlPage } from '../html.ts';
import { DEMO_PEOPLE } from './people.ts';

/** One click a person. */
export function loginPage(action: string): string {
  const buttons = DEMO_PEOPLE.map(
    (person) => `<button class="block" name="person" value="${person.sub}">
<strong>${escapeHtml(person.name)}</strong><br><span class="dim">${escapeHtml(person.about)}</span></button>`,
  ).join('');
  const body = `<div class="card"><p class="dim">Sandbox sign-in</p><h1>Who are you?</h1>
<p class="dim">Demo people; no password. Roles are kept by Mooring.</p>
<form method="post" action="${escapeHtml(action)}">${buttons}</form></div>`;
  return htmlPage({ title: 'Sign in', body });
}

export function logoutPage(form: string): string {
  const body = `<div class="card"><h1>Sign out?</h1>${form}
<div class="actions"><button class="primary" autofocus type="submit" form="op.logoutForm" value="yes" name="logout">Sign out</button></div></div>`;
  return htmlPage({ title: 'Sign out', body });
}

export function messagePage(title: string, message: string): string {
  return htmlPage({
    title,
    body: `<div class="card"><h1>${escapeHtml(title)}</h1><p>${escapeHtml(message)}</p></div>`,
  });
}
