import { pino } from 'pino';
import { createSandbox, type Sandbox } from '../src/index.ts';
import type { OAuthProfile } from '../src/oauth/index.ts';
import type { Json } from './facebook-driver.ts';
import { SAMPLE_APP, samplePlatform } from './sample-platform.ts';

const REDIRECT_URI = SAMPLE_APP.redirectUris[0]!;

/** Plays the app and the browser against the sample platform. */
export class SampleDriver {
  readonly #sandbox: Sandbox;
  readonly url: string;

  private constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
    this.url = sandbox.url;
  }

  static async start(changes: Partial<OAuthProfile> = {}): Promise<SampleDriver> {
    const platforms = [samplePlatform(changes)];
    const logger = pino({ level: 'silent' });
    const app = { ...SAMPLE_APP, redirectUris: [...SAMPLE_APP.redirectUris], callbacks: {} };
    return new SampleDriver(await createSandbox({ port: 0, logger, platforms, apps: { sample: app } }));
  }

  close(): Promise<void> {
    return this.#sandbox.close();
  }

  authorizeUrl(changes: Record<string, string> = {}): string {
    const query = new URLSearchParams({
      client_id: SAMPLE_APP.clientId,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      state: 'st-1',
      scope: 'read write offline',
      ...changes,
    });
    return `${this.url}/sample.example/authorize?${query.toString()}`;
  }

  async consent(form: Record<string, string> = {}, query: Record<string, string> = {}): Promise<URL> {
    const body = new URLSearchParams({ person: 'sara', decision: 'continue', ...form });
    const reply = await fetch(this.authorizeUrl(query), { method: 'POST', body, redirect: 'manual' });
    return new URL(reply.headers.get('location') ?? 'about:blank');
  }

  async token(fields: Record<string, string>): Promise<{ status: number; body: Json }> {
    const body = new URLSearchParams({
      client_id: SAMPLE_APP.clientId,
      client_secret: SAMPLE_APP.clientSecret,
      ...fields,
    });
    const reply = await fetch(`${this.url}/api.sample.example/token`, { method: 'POST', body });
    return { status: reply.status, body: (await reply.json()) as Json };
  }

  exchange(code: string, changes: Record<string, string> = {}): Promise<{ status: number; body: Json }> {
    return this.token({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, ...changes });
  }

  refresh(refreshToken: string): Promise<{ status: number; body: Json }> {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  async connect(): Promise<{ access_token: string; refresh_token: string }> {
    const code = (await this.consent()).searchParams.get('code') ?? '';
    return (await this.exchange(code)).body as { access_token: string; refresh_token: string };
  }

  me(token: string, signal?: AbortSignal): Promise<Response> {
    const headers = { authorization: `Bearer ${token}` };
    return fetch(`${this.url}/api.sample.example/me`, { headers, signal });
  }

  async control(method: string, path: string, body?: object): Promise<{ status: number; body: Json }> {
    const reply = await fetch(`${this.url}/control/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await reply.text();
    return { status: reply.status, body: text === '' ? undefined : JSON.parse(text) };
  }
}
