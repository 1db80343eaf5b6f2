import { createHash, randomBytes } from 'node:crypto';
import { DemoBrowser, type Page, readForm } from './browser.ts';
import { type AnswerListener, type ApiAnswer, callJson } from './service-api.ts';

/** Where a person signs in and what they use. */
export interface PersonOptions {
  /** Subject at the OpenID provider of the sandbox. */
  readonly subject: string;
  readonly issuer: string;
  /** Address of the product's page, which is also the redirect URI. */
  readonly console: string;
  readonly onAnswer: AnswerListener;
}

const RENEW_EARLY_MS = 60_000;

/** A person with a browser of their own: signs in by OIDC (code and PKCE) and calls the API as the page would. */
export class Person {
  readonly browser: DemoBrowser;
  readonly #options: PersonOptions;
  #token: { value: string; until: number } | undefined;

  constructor(options: PersonOptions) {
    this.#options = options;
    this.browser = new DemoBrowser({ stopAt: `${options.console}/`, onAnswer: options.onAnswer });
  }

  /** Where the product's page is; a connect flow ends there. */
  get home(): string {
    return `${this.#options.console}/`;
  }

  get subject(): string {
    return this.#options.subject;
  }

  /** Signs in at the OpenID provider by the form that its page shows. */
  async signIn(): Promise<void> {
    const { issuer, console, subject } = this.#options;
    const verifier = randomBytes(32).toString('base64url');
    const state = randomBytes(16).toString('base64url');
    const redirectUri = `${console}/`;
    const url = new URL(`${issuer}/auth`);
    url.search = new URLSearchParams({
      client_id: 'mooring-console',
      response_type: 'code',
      scope: 'openid profile email',
      redirect_uri: redirectUri,
      resource: 'urn:mooring:api',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      state,
    }).toString();
    // The page below must be this person's browser's, and not stop at the console before the provider was asked.
    let page: Page = await this.browser.open(url.href);
    if (!page.url.href.startsWith(redirectUri)) {
      const form = readForm(page);
      page = await this.browser.submit(form.action, { ...form.fields, person: subject });
    }
    const code = page.url.searchParams.get('code');
    if (!code || page.url.searchParams.get('state') !== state) throw new Error(`sign-in of ${subject} gave no code`);
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'mooring-console',
      redirect_uri: redirectUri,
      resource: 'urn:mooring:api',
      code_verifier: verifier,
      code,
    });
    const answer = await fetch(`${issuer}/token`, { method: 'POST', body });
    if (!answer.ok) throw new Error(`the OpenID provider refused the code of ${subject}: HTTP ${answer.status}`);
    const token = (await answer.json()) as { access_token: string; expires_in: number };
    this.#token = { value: token.access_token, until: Date.now() + token.expires_in * 1_000 - RENEW_EARLY_MS };
  }

  /** Headers of a call on this person's behalf. */
  async headers(): Promise<Record<string, string>> {
    if (!this.#token || this.#token.until < Date.now()) await this.signIn();
    return { authorization: `Bearer ${this.#token?.value ?? ''}` };
  }

  /** Calls the public API; never throws for a status. */
  async call(method: string, path: string, body?: unknown): Promise<ApiAnswer> {
    const url = `${this.#options.console}${path}`;
    return callJson(url, { method, headers: await this.headers(), body }, this.#options.onAnswer);
  }
}
