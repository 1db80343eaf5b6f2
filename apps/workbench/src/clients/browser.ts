import { Cookie, CookieJar } from 'tough-cookie';
import type { AnswerListener } from './service-api.ts';

/** A page as the demo's browser sees it. */
export interface Page {
  /** Where the browser stands after all redirects, with the fragment that the last redirect carried. */
  readonly url: URL;
  readonly status: number;
  readonly body: string;
}

const REDIRECTS_MAX = 20;
const TIMEOUT_MS = 30_000;

/** A client that behaves as a browser does: cookies per host, redirects followed one by one, forms. */
export class DemoBrowser {
  readonly #jar = new CookieJar(undefined, { rejectPublicSuffixes: false, looseMode: true });
  readonly #onAnswer: AnswerListener;
  /** Where the product's page would load: the browser stops there. */
  readonly #stopAt: string;

  constructor(options: { readonly stopAt: string; readonly onAnswer: AnswerListener }) {
    this.#stopAt = options.stopAt;
    this.#onAnswer = options.onAnswer;
  }

  /** Opens an address and follows redirects. */
  open(url: string): Promise<Page> {
    return this.#follow(new URL(url), { method: 'GET' });
  }

  /** Sends a form, as a click on its button does. */
  submit(url: string, form: Readonly<Record<string, string | readonly string[]>>): Promise<Page> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(form)) {
      for (const each of typeof value === 'string' ? [value] : value) body.append(name, each);
    }
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return this.#follow(new URL(url), { method: 'POST', body: body.toString(), headers });
  }

  async #follow(start: URL, init: RequestInit): Promise<Page> {
    let url = start;
    let request = init;
    for (let i = 0; i < REDIRECTS_MAX; i += 1) {
      const answer = await this.#send(url, request);
      const location = answer.headers.get('location');
      if (answer.status < 300 || answer.status > 399 || !location) {
        const body = await answer.text();
        this.#onAnswer(url.href, body);
        return { url, status: answer.status, body };
      }
      await answer.body?.cancel();
      const next = new URL(location, url);
      if (!next.hash && url.hash) next.hash = url.hash;
      url = next;
      request = { method: 'GET' };
      if (`${url.origin}${url.pathname}` === this.#stopAt) return { url, status: 200, body: '' };
    }
    throw new Error(`more than ${REDIRECTS_MAX} redirects from ${start.origin}${start.pathname}`);
  }

  async #send(url: URL, init: RequestInit): Promise<Response> {
    const cookie = await this.#jar.getCookieString(url.href);
    const headers = new Headers(init.headers);
    headers.set('accept', 'text/html');
    if (cookie) headers.set('cookie', cookie);
    const answer = await fetch(url, { ...init, headers, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    for (const line of answer.headers.getSetCookie()) {
      const parsed = Cookie.parse(line, { loose: true });
      if (parsed) await this.#jar.setCookie(parsed, url.href, { ignoreError: true });
    }
    return answer;
  }
}

/** Fields and target of the first form of a page (or the one whose HTML matches `which`). */
export function readForm(page: Page, which?: RegExp): { action: string; fields: Record<string, string> } {
  const forms = [...page.body.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)];
  const form = forms.find((each) => !which || which.test(each[0]));
  if (!form) throw new Error(`no form on ${page.url.pathname} (HTTP ${page.status})`);
  const fields: Record<string, string> = {};
  for (const [tag] of (form[2] ?? '').matchAll(/<input\b[^>]*>/gi)) {
    const name = attribute(tag, 'name');
    if (name && attribute(tag, 'type') === 'hidden') fields[name] = attribute(tag, 'value') ?? '';
  }
  return { action: new URL(attribute(form[1] ?? '', 'action') ?? page.url.href, page.url).href, fields };
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\b${name}\\s*=\\s*"([^"]*)"`, 'i').exec(tag)?.[1];
  return found
    ?.replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
}
