import type { Json } from './facebook-driver.ts';

export const IG_APP = { client_id: '555666777888', client_secret: 'CANARY1c7d5be03f9e4a6d8b20c1f3e5a79604' };
export const IG_REDIRECT_URI = 'http://127.0.0.1:8080/connect/instagram/callback';

export interface TextReply {
  status: number;
  text: string;
  body: Json;
}

async function read(reply: Response): Promise<TextReply> {
  const text = await reply.text();
  return { status: reply.status, text, body: text === '' ? undefined : JSON.parse(text) };
}

/** Plays the app and the browser at Instagram Login. */
export class InstagramDriver {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  async consent(form: Record<string, string> = {}, changes: Record<string, string> = {}): Promise<Response> {
    const query = new URLSearchParams({
      client_id: IG_APP.client_id,
      redirect_uri: IG_REDIRECT_URI,
      response_type: 'code',
      state: 'st-1',
      scope: 'instagram_business_basic,instagram_business_content_publish',
      ...changes,
    });
    const body = new URLSearchParams({ person: 'harbour', decision: 'continue', ...form });
    const url = `${this.url}/www.instagram.com/oauth/authorize?${query.toString()}`;
    return fetch(url, { method: 'POST', body, redirect: 'manual' });
  }

  async code(form: Record<string, string> = {}): Promise<string> {
    const location = (await this.consent(form)).headers.get('location') ?? 'about:blank';
    return new URL(location).searchParams.get('code') ?? '';
  }

  async exchange(code: string, changes: Record<string, string> = {}): Promise<TextReply> {
    const fields = { ...IG_APP, grant_type: 'authorization_code', redirect_uri: IG_REDIRECT_URI, code, ...changes };
    const url = `${this.url}/api.instagram.com/oauth/access_token`;
    return read(await fetch(url, { method: 'POST', body: new URLSearchParams(fields) }));
  }

  async graph(path: string, query: Record<string, string>, method = 'GET'): Promise<TextReply> {
    const search = new URLSearchParams(query).toString();
    return read(await fetch(`${this.url}/graph.instagram.com/${path}?${search}`, { method }));
  }

  lengthen(token: string): Promise<TextReply> {
    const { client_secret } = IG_APP;
    return this.graph('access_token', { grant_type: 'ig_exchange_token', client_secret, access_token: token });
  }

  renew(token: string): Promise<TextReply> {
    return this.graph('refresh_access_token', { grant_type: 'ig_refresh_token', access_token: token });
  }

  async shortToken(form: Record<string, string> = {}): Promise<string> {
    const { body } = await this.exchange(await this.code(form));
    return body.access_token as string;
  }

  async longToken(form: Record<string, string> = {}): Promise<string> {
    return (await this.lengthen(await this.shortToken(form))).body.access_token as string;
  }
}
