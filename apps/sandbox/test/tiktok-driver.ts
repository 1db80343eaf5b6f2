import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { createSandbox, type Sandbox } from '../src/index.ts';
import { TIKTOK } from '../src/tiktok/platform.ts';
import type { Json } from './facebook-driver.ts';

const APP = {
  clientId: 'awtest01',
  clientSecret: 'CANARY-tiktok-secret',
  redirectUris: ['http://127.0.0.1:8080/connect/tiktok/callback'],
  callbacks: {},
};
const REDIRECT_URI = APP.redirectUris[0]!;
const RECEIVE_TIMEOUT_MS = 10_000;
export const ALL_SCOPES = 'user.info.basic,user.info.profile,user.info.stats,video.list,video.publish';

export interface Reply {
  status: number;
  body: Json;
}

export interface Webhook {
  signature: string;
  body: string;
}

/** What the token endpoint answers where all is well. */
export interface Issued {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  refresh_expires_in: number;
  open_id: string;
  scope: string;
}

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** Plays the app and the browser against the sandbox's TikTok. */
export class TikTokDriver {
  readonly #sandbox: Sandbox;
  readonly url: string;

  private constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
    this.url = sandbox.url;
  }

  static async start(): Promise<TikTokDriver> {
    const app = { ...APP, redirectUris: [...APP.redirectUris], callbacks: {} };
    const logger = pino({ level: 'silent' });
    return new TikTokDriver(await createSandbox({ port: 0, logger, platforms: [TIKTOK], apps: { tiktok: app } }));
  }

  close(): Promise<void> {
    return this.#sandbox.close();
  }

  consentUrl(changes: Record<string, string> = {}): string {
    const query = new URLSearchParams({
      client_key: APP.clientId,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      state: 'st-1',
      scope: ALL_SCOPES,
      ...changes,
    });
    return `${this.url}/www.tiktok.com/v2/auth/authorize/?${query.toString()}`;
  }

  /** Where the person is sent back to. */
  async consent(form: [string, string][] = [], query: Record<string, string> = {}): Promise<URL> {
    const chosen = form.some(([name]) => name === 'decision') ? form : [['decision', 'continue'], ...form];
    const body = new URLSearchParams([['person', 'tara'], ...chosen] as [string, string][]);
    const reply = await fetch(this.consentUrl(query), { method: 'POST', body, redirect: 'manual' });
    return new URL(reply.headers.get('location') ?? `about:blank?status=${reply.status}`);
  }

  async token(fields: Record<string, string>): Promise<Reply> {
    const body = new URLSearchParams({ client_key: APP.clientId, client_secret: APP.clientSecret, ...fields });
    return replyOf(await fetch(`${this.url}/open.tiktokapis.com/v2/oauth/token/`, { method: 'POST', body }));
  }

  exchange(code: string, changes: Record<string, string> = {}): Promise<Reply> {
    return this.token({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, ...changes });
  }

  refresh(refreshToken: string, changes: Record<string, string> = {}): Promise<Reply> {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken, ...changes });
  }

  async connect(form: [string, string][] = []): Promise<Issued> {
    const code = (await this.consent(form)).searchParams.get('code') ?? '';
    return (await this.exchange(code)).body as Issued;
  }

  async revoke(token: string): Promise<Reply> {
    const body = new URLSearchParams({ client_key: APP.clientId, client_secret: APP.clientSecret, token });
    return replyOf(await fetch(`${this.url}/open.tiktokapis.com/v2/oauth/revoke/`, { method: 'POST', body }));
  }

  async call(token: string, path: string, json?: object): Promise<Reply> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=UTF-8' };
    const init = json === undefined ? {} : { method: 'POST', body: JSON.stringify(json) };
    return replyOf(await fetch(`${this.url}/open.tiktokapis.com/v2/${path}`, { ...init, headers }));
  }

  userInfo(token: string, fields = 'open_id,display_name'): Promise<Reply> {
    return this.call(token, `user/info/?fields=${fields}`);
  }

  async control(method: string, path: string, body?: object): Promise<Reply> {
    const headers = { 'content-type': 'application/json' };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    return replyOf(await fetch(`${this.url}/control/${path}`, init));
  }

  /** The first message that the sandbox sends to a server of ours because of `act`. */
  async receive(act: (url: string) => Promise<unknown>): Promise<Webhook> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const arrived = webhookAt(server);
    try {
      await act(`http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/tiktok/events`);
      return await Promise.race([arrived, lateness()]);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }
}

function webhookAt(server: Server): Promise<Webhook> {
  return new Promise((resolve) => {
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const signature = String(request.headers['tiktok-signature']);
        response.end(() => resolve({ signature, body: Buffer.concat(chunks).toString('utf8') }));
      });
    });
  });
}

async function lateness(): Promise<never> {
  await sleep(RECEIVE_TIMEOUT_MS, undefined, { ref: false });
  throw new Error('the sandbox sent nothing');
}

/** The signature that the app expects. */
export const TIKTOK_APP_SECRET = APP.clientSecret;
