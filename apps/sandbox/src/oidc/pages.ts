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

/** Signs out by itself: who came here pressed "Sign out" a moment ago. */
export function logoutPage(form: string): string {
  const body = `<div class="card"><h1>Signing out</h1>${form}
<input type="hidden" name="logout" value="yes" form="op.logoutForm">
<div class="actions"><button class="primary" type="submit" form="op.logoutForm">Sign out</button></div></div>
<script>document.getElementById('op.logoutForm').submit()</script>`;
  return htmlPage({ title: 'Sign out', body });
}

export function messagePage(title: string, message: string): string {
  return htmlPage({
    title,
    body: `<div class="card"><h1>${escapeHtml(title)}</h1><p>${escapeHtml(message)}</p></div>`,
  });
}
