import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const CLIENT_KEY = 'ck_test';
export const CLIENT_SECRET = 'cs_test';
export const OPEN_ID = '00000000-aaaa-4bbb-8ccc-0123456789ab';

/** One call as it came in. */
export interface PlayedCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly body: string;
  readonly contentType: string;
  readonly bearer: string;
}

/** An answer in place of TikTok's own. */
export interface PlayedAnswer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: unknown;
}

/** TikTok for one account, with answers of the shapes that it documents. */
export class PlayedTikTok {
  scopes = ['user.info.basic', 'user.info.profile', 'user.info.stats', 'video.list', 'video.publish'];
  user: Record<string, unknown> = { open_id: OPEN_ID, display_name: 'Harbour Café', username: 'harbourcafe' };
  videos: Record<string, unknown>[] = [];
  expiresIn = 7_200;
  refreshExpiresIn = 15_552_000;
  readonly calls: PlayedCall[] = [];
  readonly tokens = new Map<string, 'access' | 'refresh' | 'dead'>();
  /** Answers in place of the real ones, by path below `/v2/`; a list is used up one by one. */
  readonly canned = new Map<string, PlayedAnswer | PlayedAnswer[]>();
  readonly #server: Server = createServer((request, response) => void this.#serve(request, response));
  #minted = 0;

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  mint(kind: 'access' | 'refresh'): string {
    const value = `${kind === 'access' ? 'act' : 'rft'}.canary${++this.#minted}Zx9!4506.va`;
    this.tokens.set(value, kind);
    return value;
  }

  /** What the token endpoint answers to a success. */
  issue(): Record<string, unknown> {
    return {
      access_token: this.mint('access'),
      expires_in: this.expiresIn,
      open_id: OPEN_ID,
      refresh_expires_in: this.refreshExpiresIn,
      refresh_token: this.mint('refresh'),
      scope: this.scopes.join(','),
      token_type: 'Bearer',
    };
  }

  kill(): void {
    for (const value of this.tokens.keys()) this.tokens.set(value, 'dead');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://tiktok.invalid');
    const body = Buffer.concat(chunks).toString('utf8');
    const call: PlayedCall = {
      ...{ method: request.method ?? '', query: url.searchParams, form: new URLSearchParams(body), body },
      path: url.pathname.replace('/open.tiktokapis.com/v2/', ''),
      contentType: request.headers['content-type'] ?? '',
      bearer: (request.headers.authorization ?? '').replace('Bearer ', ''),
    };
    this.calls.push(call);
    const canned = this.canned.get(call.path);
    const answer = (Array.isArray(canned) ? canned.shift() : canned) ?? this.#answer(call);
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  }

  #answer(call: PlayedCall): PlayedAnswer {
    switch (call.path) {
      case 'oauth/token/':
        return this.#token(call.form);
      case 'oauth/revoke/':
        return this.#revoke(call.form);
      case 'user/info/':
        return this.#read(call, 'user.info.basic', () => ({ user: this.#userFields(call.query.get('fields') ?? '') }));
      case 'video/list/':
        return this.#read(call, 'video.list', () => ({ videos: this.videos, cursor: 0, has_more: false }));
      case 'post/publish/creator_info/query/':
        return this.#read(call, 'video.publish', () => ({ creator_username: 'harbourcafe' }));
      default:
        return { status: 404, body: 'Not Found' };
    }
  }

  #token(form: URLSearchParams): PlayedAnswer {
    if (form.get('client_key') !== CLIENT_KEY || form.get('client_secret') !== CLIENT_SECRET) {
      return oauthError('invalid_client', 'Client key or secret is incorrect.', 401);
    }
    if (form.get('grant_type') === 'authorization_code') return { body: this.issue() };
    const given = form.get('refresh_token') ?? '';
    if (this.tokens.get(given) !== 'refresh')
      return oauthError('invalid_grant', 'Refresh token is invalid or expired.');
    this.tokens.set(given, 'dead');
    return { body: this.issue() };
  }

  #revoke(form: URLSearchParams): PlayedAnswer {
    if (this.tokens.get(form.get('token') ?? '') !== 'access') {
      return oauthError('invalid_grant', 'Access token is invalid or expired.', 200);
    }
    this.kill();
    return { body: {} };
  }

  #read(call: PlayedCall, scope: string, data: () => object): PlayedAnswer {
    if (this.tokens.get(call.bearer) !== 'access') return apiError('access_token_invalid', 401);
    if (!this.scopes.includes(scope)) return apiError('scope_not_authorized', 401);
    return { body: { data: data(), error: { code: 'ok', message: '', log_id: '20250920002050AAAA' } } };
  }

  #userFields(fields: string): object {
    return Object.fromEntries(Object.entries(this.user).filter(([name]) => fields.split(',').includes(name)));
  }
}

/** Flat, as `/v2/oauth/*` answers. */
export function oauthError(error: string, description = 'x', status = 400): PlayedAnswer {
  return { status, body: { error, error_description: description, log_id: '20250907123053AAAA' } };
}

/** In the envelope of the API. */
export function apiError(code: string, status: number): PlayedAnswer {
  return { status, body: { data: {}, error: { code, message: 'x', log_id: '20250920002050AAAA' } } };
}
