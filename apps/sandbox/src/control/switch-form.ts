import { escapeHtml } from '../html.ts';
import { put } from './buttons.ts';

type SwitchValue = boolean | number | string;

function one(path: string, name: string, value: SwitchValue): string {
  if (typeof value === 'boolean') return put(`${name}: ${value ? 'on' : 'off'}`, path, { [name]: !value });
  const type = typeof value === 'number' ? ' type="number"' : '';
  return `<form class="row" data-method="PUT" data-path="${escapeHtml(path)}"><label>${escapeHtml(name)} <input name="${escapeHtml(name)}"${type} data-empty value="${escapeHtml(String(value))}"></label><button>Set</button></form>`;
}

/** Every switch of a platform: one press turns it, or a field takes its value. */
export function switchForm(root: string, switches: object): string {
  const entries = Object.entries(switches) as [string, SwitchValue][];
  if (entries.length === 0) return '';
  return `<h2>Switches</h2>${entries.map(([name, value]) => one(`${root}/switches`, name, value)).join('')}`;
}
