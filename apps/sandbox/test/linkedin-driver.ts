import { pino } from 'pino';
import { createSandbox, type Sandbox } from '../src/index.ts';
import type { Json } from './facebook-driver.ts';

export const APP = { clientId: '77sandboxli0001', clientSecret: 'CANARYliSecret0001' };
export const REDIRECT_URI = 'http://127.0.0.1:8080/connect/linkedin/callback';
export const SCOPES = 'openid profile rw_organization_admin r_organization_social w_organization_social';

interface Reply {
  status: number;
  headers: Headers;
  body: Json;
}

/** Plays the app and the browser against the played LinkedIn. */
export class LinkedInDriver {
  readonly #sandbox: Sandbox;
  readonly url: string;

  private constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
    this.url = sandbox.url;
  }

  static async start(): Promise<LinkedInDriver> {
    return new LinkedInDriver(await createSandbox({ port: 0, logger: pino({ level: 'silent' }) }));
  }

  close(): Promise<void> {
    return this.#sandbox.close();
  }

  authorizeUrl(changes: Record<string, string> = {}): string {
    const query = new URLSearchParams({
      client_id: APP.clientId,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      state: 'st-1',
      scope: SCOPES,
      ...changes,
    });
    return `${this.url}/www.linkedin.com/oauth/v2/authorization?${query.toString()}`;
  }

  /** Where the browser is sent. */
  async decide(form: Record<string, string> = {}, query: Record<string, string> = {}): Promise<URL> {
    const body = new URLSearchParams({ person: 'linda', decision: 'continue', ...form });
    const reply = await fetch(this.authorizeUrl(query), { method: 'POST', body, redirect: 'manual' });
    return new URL(reply.headers.get('location') ?? 'about:blank');
  }

  /** A call of the app itself, with its credentials. */
  async asApp(path: string, fields: Record<string, string>): Promise<Reply> {
    const body = new URLSearchParams({ client_id: APP.clientId, client_secret: APP.clientSecret, ...fields });
    return reply(await fetch(`${this.url}/www.linkedin.com/oauth/v2/${path}`, { method: 'POST', body }));
  }

  exchange(code: string, changes: Record<string, string> = {}): Promise<Reply> {
    const fields = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, ...changes };
    return this.asApp('accessToken', fields);
  }

  async connect(person = 'linda', scope = SCOPES): Promise<Json> {
    const code = (await this.decide({ person }, { scope })).searchParams.get('code') ?? '';
    return (await this.exchange(code)).body;
  }

  refresh(refreshToken: string): Promise<Reply> {
    return this.asApp('accessToken', { grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  async api(token: string, path: string, options: RequestInit & { version?: string } = {}): Promise<Reply> {
    const headers = {
      authorization: `Bearer ${token}`,
      'linkedin-version': options.version ?? '202608',
      'content-type': 'application/json',
    };
    return reply(await fetch(`${this.url}/api.linkedin.com${path}`, { ...options, headers }));
  }

  async control(method: string, path: string, body?: object): Promise<Json> {
    const headers = { 'content-type': 'application/json' };
    const sent = await fetch(`${this.url}/control/${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return (await reply(sent)).body;
  }
}

async function reply(response: Response): Promise<Reply> {
  const text = await response.text();
  const body: Json = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, headers: response.headers, body };
}
