import { escapeHtml } from '../html.ts';
import type { LoggedRequest, RequestLog } from '../request-log.ts';

const REQUESTS_SHOWN = 25;

function requestRow(request: LoggedRequest): string {
  const bad = request.status === null || request.status >= 400;
  return `<tr><td>${request.at.slice(11, 23)}</td><td>${request.method}</td><td>${escapeHtml(request.endpoint)}</td><td class="${bad ? 'bad' : 'good'}">${request.status ?? 'none'}</td><td>${request.person ?? ''}</td><td>${request.fault ?? ''}</td></tr>`;
}

/** The last calls that a platform got. */
export function requestTable(log: RequestLog): string {
  const rows = log.recent(REQUESTS_SHOWN).map(requestRow).join('');
  return `<div class="card"><h2>Last requests</h2><div class="scroll"><table><tr><th>at</th><th>method</th><th>endpoint</th><th>status</th><th>person</th><th>fault</th></tr>${rows}</table></div></div>`;
}
