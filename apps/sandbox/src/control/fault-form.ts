import { NAMED_FAULTS } from '../faults/named-faults.ts';
import type { FaultBox } from '../faults/fault-box.ts';
import { escapeHtml } from '../html.ts';
import { put, remove } from './buttons.ts';

const QUICK: [string, object][] = [
  ['Outage (503)', { fault: '503' }],
  ['429, 30 s', { fault: '429-retry-after' }],
  ['Never answers', { fault: 'hang' }],
  ['Connection reset', { fault: 'reset' }],
  ['HTML error page', { fault: 'html' }],
  ['Lost answer, once', { fault: 'lost-answer', calls: ['token'], times: 1 }],
];

function options(names: string[]): string {
  return names.map((name) => `<option>${escapeHtml(name)}</option>`).join('');
}

/** What is wrong with a platform at present, and a form for every fault there is. Meta's own are left out elsewhere. */
export function faultForm(root: string, faults: FaultBox, has: { meta: boolean }): string {
  const path = `${root}/fault`;
  const names = Object.keys(NAMED_FAULTS).filter((name) => has.meta || !name.startsWith('meta-'));
  const current = faults.current();
  const shown = current === undefined ? 'none' : JSON.stringify(current);
  const keep = escapeHtml(path);
  return `<h2>Fault</h2><p>${QUICK.map(([label, body]) => put(label, path, body)).join('')}${remove('All well again', path)}</p>
<form class="row" data-method="PUT" data-path="${keep}"><label>Fault <select name="fault" data-keep="${keep}-fault">${options(names)}</select></label>
<label>Calls <input name="calls" data-list data-keep="${keep}-calls" placeholder="all, or token.refresh, api" size="22"></label>
<label>Times <input name="times" type="number" min="1" data-keep="${keep}-times" placeholder="always"></label>
<label>Delay, ms <input name="delayMs" type="number" min="0" data-keep="${keep}-delay"></label>
<label>Retry-After, s <input name="retryAfterSeconds" type="number" min="0" data-keep="${keep}-retry"></label><button>Set fault</button></form>
<p>At present: <code>${escapeHtml(shown)}</code></p>`;
}
