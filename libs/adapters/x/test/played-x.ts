import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const CLIENT_ID = 'M1M5R3BMVy13QmpScXkz';
export const CLIENT_SECRET = 'test-client-secret-canary-000';
export const USER_ID = '1460323737035677698';

/** One of X's answers in another's place. */
export interface CannedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A request as the played X got it. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly authorization: string;
}

interface Token {
  readonly kind: 'access' | 'refresh';
  readonly family: number;
  dead?: true;
}

/** X for one person, with answers of the shapes that X documents or that were recorded. */
export class PlayedX {
  readonly tokens = new Map<string, Token>();
  readonly calls: Call[] = [];
  scopes = 'tweet.read tweet.write users.read offline.access media.write';
  user: Record<string, unknown> = { id: USER_ID, name: 'Ida Person', username: 'ida' };
  posts: object[] = [];
  /** Answers that stand in for the real ones, by path. */
  readonly canned = new Map<string, CannedAnswer>();
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

  /** A new family of tokens, or the next pair of one. */
  mint(family = ++this.#minted): { access: string; refresh: string } {
    const [access, refresh] = [`at${++this.#minted}canaryZx9`, `rt${++this.#minted}canaryZx9`];
    this.tokens.set(access, { kind: 'access', family });
    this.tokens.set(refresh, { kind: 'refresh', family });
    return { access, refresh };
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://x.invalid');
    const call: Call = {
      method: request.method ?? '',
      path: url.pathname.replace('/api.x.com', ''),
      query: url.searchParams,
      form: new URLSearchParams(Buffer.concat(chunks).toString('utf8')),
      authorization: request.headers.authorization ?? '',
    };
    this.calls.push(call);
    const { status = 200, headers, body } = this.canned.get(call.path) ?? this.#answer(call);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }

  #answer(call: Call): CannedAnswer {
    if (call.path.startsWith('/2/oauth2/')) return this.#asClient(call);
    const token = this.tokens.get(call.authorization.replace(/^Bearer /, ''));
    if (!token || token.dead || token.kind !== 'access') return UNAUTHORIZED;
    if (call.path === '/2/users/me') return { body: { data: this.user } };
    return { body: { data: this.posts, meta: { result_count: this.posts.length } } };
  }

  #asClient({ path, form, authorization }: Call): CannedAnswer {
    const basic = `Basic ${Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64')}`;
    if (authorization !== basic) {
      return oauthError(401, 'unauthorized_client', 'Missing valid authorization header');
    }
    if (form.get('client_id') !== CLIENT_ID) {
      return oauthError(400, 'invalid_request', 'Missing required parameter [client_id].');
    }
    if (path === '/2/oauth2/revoke') return this.#revoke(form);
    return form.get('grant_type') === 'refresh_token' ? this.#refresh(form) : this.#exchange(form);
  }

  #exchange(form: URLSearchParams): CannedAnswer {
    if (form.get('code') === 'good-code' && form.get('code_verifier')) return this.#pair(this.mint());
    return oauthError(400, 'invalid_request', 'Value passed for the authorization code was invalid.');
  }

  #refresh(form: URLSearchParams): CannedAnswer {
    const value = form.get('refresh_token') ?? '';
    const token = this.tokens.get(value);
    if (!token || token.dead) return INVALID_TOKEN;
    token.dead = true;
    return this.#pair(this.mint(token.family));
  }

  #revoke(form: URLSearchParams): CannedAnswer {
    const token = this.tokens.get(form.get('token') ?? '');
    if (!token || token.dead) return INVALID_TOKEN;
    token.dead = true;
    return { body: { revoked: true } };
  }

  #pair({ access, refresh }: { access: string; refresh: string }): CannedAnswer {
    const tokens = { access_token: access, refresh_token: refresh };
    return { body: { token_type: 'bearer', expires_in: 7_200, scope: this.scopes, ...tokens } };
  }
}

/** A token endpoint's error. */
export function oauthError(status: number, error: string, description: string): CannedAnswer {
  return { status, body: { error, error_description: description } };
}

export const INVALID_TOKEN = oauthError(400, 'invalid_request', 'Value passed for the token was invalid.');
export const UNAUTHORIZED: CannedAnswer = {
  status: 401,
  body: { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' },
};
