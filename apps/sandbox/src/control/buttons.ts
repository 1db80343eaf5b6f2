import { escapeHtml } from '../html.ts';

interface ButtonSpec {
  label: string;
  method: 'PUT' | 'POST' | 'DELETE';
  path: string;
  body?: object;
}

function button({ label, method, path, body }: ButtonSpec): string {
  const data = body === undefined ? '' : ` data-body="${escapeHtml(JSON.stringify(body))}"`;
  return `<button class="small" data-method="${method}" data-path="${escapeHtml(path)}"${data}>${escapeHtml(label)}</button>`;
}

/** Buttons of the control page; each presses one route of the control API. */
export const put = (label: string, path: string, body: object) => button({ label, method: 'PUT', path, body });
export const post = (label: string, path: string, body?: object) => button({ label, method: 'POST', path, body });
export const remove = (label: string, path: string) => button({ label, method: 'DELETE', path });
