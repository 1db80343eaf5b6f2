import { createHmac } from 'node:crypto';
import { pino } from 'pino';
import { createSandbox, type Sandbox, type SandboxOptions } from '../src/index.ts';

export const APP_ID = '111222333444';
export const APP_SECRET = 'CANARY0fb5ec2e7a114d19b6c3d8e9f0a1b2c3';
export const REDIRECT_URI = 'http://127.0.0.1:8080/connect/facebook/callback';
const SCOPES = ['pages_show_list', 'pages_manage_posts', 'pages_read_engagement', 'business_management'];

export function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  return createSandbox({ port: 0, logger: pino({ level: 'silent' }), ...options });
}

/** Whatever JSON the sandbox answered; tests look into it freely. */
export type Json = ReturnType<typeof JSON.parse>;

export interface Reply {
  status: number;
  headers: Headers;
  body: Json;
}

function tokenIn(reply: Reply): string {
  return (reply.body as { access_token: string }).access_token;
}

export interface DialogOptions {
  person?: string;
  scope?: string;
  redirectUri?: string;
  form?: Record<string, string | string[]>;
  query?: Record<string, string>;
}

/** Plays the app and the browser against one sandbox. */
export class FacebookDriver {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  dialogUrl(options: DialogOptions = {}): string {
    const query = new URLSearchParams({
      client_id: APP_ID,
      redirect_uri: options.redirectUri ?? REDIRECT_URI,
      state: 'st-1',
      response_type: 'code',
      scope: options.scope ?? SCOPES.join(','),
      ...options.query,
    });
    return `${this.url}/www.facebook.com/v25.0/dialog/oauth?${query.toString()}`;
  }

  async submitDialog(options: DialogOptions = {}): Promise<URL> {
    const body = new URLSearchParams({ person: options.person ?? 'fiona', decision: 'continue' });
    for (const [key, values] of Object.entries(options.form ?? {})) {
      body.delete(key);
      for (const value of [values].flat()) body.append(key, value);
    }
    const reply = await fetch(this.dialogUrl(options), { method: 'POST', body, redirect: 'manual' });
    return new URL(reply.headers.get('location') ?? 'about:blank');
  }

  proof(token: string): string {
    return createHmac('sha256', APP_SECRET).update(token).digest('hex');
  }

  async graph(method: string, path: string, params: Record<string, string> = {}): Promise<Reply> {
    const query = new URLSearchParams(params);
    const reply = await fetch(`${this.url}/graph.facebook.com/v25.0/${path}?${query.toString()}`, { method });
    return { status: reply.status, headers: reply.headers, body: (await reply.json()) as Json };
  }

  as(token: string, method: string, path: string, params: Record<string, string> = {}): Promise<Reply> {
    return this.graph(method, path, { access_token: token, appsecret_proof: this.proof(token), ...params });
  }

  exchangeCode(code: string, changes: Record<string, string> = {}): Promise<Reply> {
    const app = { client_id: APP_ID, client_secret: APP_SECRET, redirect_uri: REDIRECT_URI, code };
    return this.graph('GET', 'oauth/access_token', { ...app, ...changes });
  }

  exchangeToken(token: string): Promise<Reply> {
    const app = { client_id: APP_ID, client_secret: APP_SECRET, fb_exchange_token: token };
    return this.graph('GET', 'oauth/access_token', { grant_type: 'fb_exchange_token', ...app });
  }

  async shortToken(options: DialogOptions = {}): Promise<string> {
    const code = (await this.submitDialog(options)).searchParams.get('code') ?? '';
    return tokenIn(await this.exchangeCode(code));
  }

  async longToken(options: DialogOptions = {}): Promise<string> {
    return tokenIn(await this.exchangeToken(await this.shortToken(options)));
  }

  async pageTokens(userToken: string): Promise<{ id: string; access_token: string }[]> {
    const reply = await this.as(userToken, 'GET', 'me/accounts', { fields: 'id,access_token', limit: '100' });
    return (reply.body as { data: { id: string; access_token: string }[] }).data;
  }

  async debug(token: string): Promise<Json> {
    const accessor = `${APP_ID}|${APP_SECRET}`;
    const reply = await this.graph('GET', 'debug_token', { input_token: token, access_token: accessor });
    return (reply.body as { data: Json }).data;
  }

  async control(method: string, path: string, body?: object): Promise<Reply> {
    const reply = await fetch(`${this.url}/control/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await reply.text();
    return { status: reply.status, headers: reply.headers, body: text === '' ? undefined : JSON.parse(text) };
  }
}
