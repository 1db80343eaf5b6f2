import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { defaultSettings } from '../src/config.ts';
import { createSandbox, type Sandbox } from '../src/index.ts';
import { challengeOf } from '../src/oauth/pkce.ts';
import { X } from '../src/x/platform.ts';

export const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const { clientId, clientSecret, redirectUris } = defaultSettings().apps['x']!;
export const APP = { clientId, clientSecret, redirectUri: redirectUris[0]! };

export interface Reply {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

export interface Pair {
  access_token: string;
  refresh_token: string;
}

/** What the app's address got. */
export interface Received {
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Plays the app and the browser against the played X. */
export class XDriver {
  readonly received: Received[] = [];
  /** What the app's address answers; by default nothing but 200. */
  reply: (request: Received) => string = () => '';
  readonly #sandbox: Sandbox;
  readonly #server: Server;

  private constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        const received = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') };
        this.received.push(received);
        response.end(this.reply(received));
      });
    });
  }

  static async start(): Promise<XDriver> {
    const driver = new XDriver(await createSandbox({ port: 0, logger: pino({ level: 'silent' }), platforms: [X] }));
    await new Promise<void>((resolve) => driver.#server.listen(0, '127.0.0.1', resolve));
    await driver.control('PUT', 'x/app', { callbacks: { events: driver.address } });
    return driver;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/events`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.#sandbox.close();
  }

  async reset(): Promise<void> {
    await this.control('POST', 'reset');
    this.received.length = 0;
    this.reply = () => '';
  }

  /** Where the consent page sends the browser after consent, or what it says in place of that. */
  async consent(query: Record<string, string | undefined> = {}, form: Record<string, string> = {}) {
    const all: Record<string, string | undefined> = {
      response_type: 'code',
      client_id: APP.clientId,
      redirect_uri: APP.redirectUri,
      scope: 'tweet.read tweet.write users.read offline.access media.write',
      state: 'st-1',
      code_challenge: challengeOf(VERIFIER, 'S256'),
      code_challenge_method: 'S256',
      ...query,
    };
    const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const url = `${this.#sandbox.url}/x.com/i/oauth2/authorize?${new URLSearchParams(given).toString()}`;
    const body = new URLSearchParams({ person: 'xavier', decision: 'continue', ...form });
    const reply = await fetch(url, { method: 'POST', body, redirect: 'manual' });
    const location = reply.headers.get('location');
    return { status: reply.status, parameters: location ? new URL(location).searchParams : new URLSearchParams() };
  }

  async connect(scope?: string): Promise<Pair> {
    const { parameters } = await this.consent({ ...(scope && { scope }) });
    const { body } = await this.exchange(parameters.get('code') ?? '');
    return body as unknown as Pair;
  }

  exchange(code: string, fields: Record<string, string> = {}): Promise<Reply> {
    const grant = { grant_type: 'authorization_code', code, redirect_uri: APP.redirectUri, code_verifier: VERIFIER };
    return this.token({ ...grant, ...fields });
  }

  refresh(refreshToken: string): Promise<Reply> {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  token(fields: Record<string, string>, secret: string | null = APP.clientSecret): Promise<Reply> {
    return this.post('/2/oauth2/token', { client_id: APP.clientId, ...fields }, secret);
  }

  async post(path: string, form: Record<string, string>, secret: string | null = APP.clientSecret): Promise<Reply> {
    const basic = `Basic ${Buffer.from(`${APP.clientId}:${secret ?? ''}`).toString('base64')}`;
    const headers: Record<string, string> = secret === null ? {} : { authorization: basic };
    return this.#call(path, { method: 'POST', headers, body: new URLSearchParams(form) });
  }

  api(path: string, token: string, json?: object): Promise<Reply> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return this.#call(path, json ? { method: 'POST', headers, body: JSON.stringify(json) } : { headers });
  }

  async isLive(token: string): Promise<boolean> {
    return (await this.api('/2/users/me', token)).status === 200;
  }

  async control(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const reply = await fetch(`${this.#sandbox.url}/control/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`control ${path}: ${reply.status} ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  }

  async #call(path: string, init: RequestInit): Promise<Reply> {
    const reply = await fetch(`${this.#sandbox.url}/api.x.com${path}`, init);
    const body = JSON.parse((await reply.text()) || '{}') as Record<string, unknown>;
    return { status: reply.status, headers: reply.headers, body };
  }
}
