import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const CLIENT_ID = '77testclient00';
export const CLIENT_SECRET = 'test-client-secret-000';
export const VERSION = '202608';
export const SCOPES = ['openid', 'profile', 'rw_organization_admin', 'r_organization_social', 'w_organization_social'];

/** One of LinkedIn's answers in another's place. */
export interface CannedAnswer {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  /** As it stood in the address, without decoding. */
  search: string;
  form: URLSearchParams;
  headers: IncomingMessage['headers'];
}

/** Seconds of the epoch at which the played tokens are issued. */
export const ISSUED = 1_760_000_000;
const ACCESS_LIFE = 5_183_999;

/** LinkedIn for one member, with answers of the shapes that are documented or were recorded. */
export class PlayedLinkedIn {
  readonly tokens = new Map<string, 'access' | 'refresh'>();
  readonly revoked = new Set<string>();
  readonly calls: Call[] = [];
  scope = SCOPES.join(',');
  refreshSeconds = 31_536_059;
  roles: object[] = [{ role: 'ADMINISTRATOR', state: 'APPROVED', organization: 'urn:li:organization:490001' }];
  names: Record<string, object> = {
    '490001': { id: 490_001, localizedName: 'Harbour Café', vanityName: 'harbour-cafe' },
  };
  portion = 100;
  /** Links to the next portion are left out, as LinkedIn's own samples do. */
  withoutLinks = false;
  /** Calls with a token that are answered as if it were revoked. */
  falselyRevoked = 0;
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

  mint(kind: 'access' | 'refresh' = 'access'): string {
    const value = `AQ${kind === 'access' ? 'X' : 'W'}canary${++this.#minted}Zx9-_placeholder`;
    this.tokens.set(value, kind);
    return value;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://linkedin.invalid');
    const call: Call = {
      method: request.method ?? '',
      path: url.pathname.replace(/^\/[a-z.]+\.com\//, ''),
      query: url.searchParams,
      search: url.search,
      form: new URLSearchParams(Buffer.concat(chunks).toString('utf8')),
      headers: request.headers,
    };
    this.calls.push(call);
    const { status = 200, headers, body } = this.canned.get(call.path) ?? this.#answer(call);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }

  #answer(call: Call): CannedAnswer {
    if (call.path.startsWith('oauth/v2/')) return this.#asApp(call);
    return this.#asMember(call);
  }

  #asApp({ path, form }: Call): CannedAnswer {
    if (form.get('client_id') !== CLIENT_ID || form.get('client_secret') !== CLIENT_SECRET) {
      return oauthError(401, 'invalid_client', 'Client authentication failed');
    }
    const token = form.get('token') ?? form.get('refresh_token') ?? '';
    if (path === 'oauth/v2/introspectToken') return { body: this.#introspect(token) };
    if (path === 'oauth/v2/revoke') {
      this.revoked.add(token);
      return { body: '' };
    }
    if (this.tokens.get(token) !== 'refresh' || this.revoked.has(token)) return DEAD_GRANT;
    const fresh = { access_token: this.mint(), expires_in: ACCESS_LIFE, scope: this.scope };
    return { body: { ...fresh, refresh_token: token, refresh_token_expires_in: this.refreshSeconds } };
  }

  #introspect(token: string): object {
    if (this.tokens.get(token) !== 'access') return { active: false };
    const active = !this.revoked.has(token);
    const status = active ? 'active' : 'revoked';
    const times = { authorized_at: ISSUED, created_at: ISSUED, expires_at: ISSUED + ACCESS_LIFE };
    return { active, status, client_id: CLIENT_ID, auth_type: '3L', scope: this.scope, ...times };
  }

  #asMember(call: Call): CannedAnswer {
    const token = /^Bearer (.+)$/.exec(call.headers.authorization ?? '')?.[1] ?? '';
    if (call.path.startsWith('rest/') && call.headers['linkedin-version'] !== VERSION) return WRONG_VERSION;
    if (this.tokens.get(token) !== 'access')
      return apiError(401, 65600, 'INVALID_ACCESS_TOKEN', 'Invalid access token');
    if (this.revoked.has(token) || this.falselyRevoked-- > 0) return REVOKED;
    if (call.path === 'v2/userinfo') return { body: { sub: 'AbC123', name: 'Ida Member', picture: 'x', email: 'x' } };
    if (call.path === 'v2/me')
      return { body: { id: 'AbC123', localizedFirstName: 'Ida', localizedLastName: 'Member' } };
    if (call.path === 'rest/organizationAcls') return this.#roles(call);
    if (call.path === 'rest/organizationsLookup') return this.#names(call);
    return apiError(404, 0, 'NOT_FOUND', 'No such resource');
  }

  #roles({ query }: Call): CannedAnswer {
    const start = Number(query.get('start'));
    const elements = this.roles.slice(start, start + this.portion);
    const links =
      start + this.portion < this.roles.length && !this.withoutLinks
        ? [{ rel: 'next', href: '/rest/organizationAcls' }]
        : [];
    return { body: { paging: { start, count: this.portion, links }, elements } };
  }

  /** Encoded parentheses make the list a text, which is none. */
  #names({ search }: Call): CannedAnswer {
    const ids = /^\?ids=List\(([\d,]*)\)$/.exec(search)?.[1]?.split(',');
    if (!ids) return apiError(400, 0, 'ILLEGAL_ARGUMENT', "Parameter 'ids' must be a list");
    const results = Object.fromEntries(ids.filter((id) => this.names[id]).map((id) => [id, this.names[id]]));
    return { body: { results, statuses: {}, errors: {} } };
  }
}

const GRANT_TEXT = 'The provided authorization grant or refresh token is invalid, expired or revoked.';
const DEAD_GRANT = oauthError(400, 'invalid_request', GRANT_TEXT);
const REVOKED = apiError(
  401,
  65601,
  'REVOKED_ACCESS_TOKEN',
  'The token used in the request has been revoked by the user',
);
const WRONG_VERSION = apiError(426, undefined, 'NONEXISTENT_VERSION', 'Requested version 20250401 is not active');

/** The token endpoint's envelope. */
export function oauthError(status: number, error: string, description: string): CannedAnswer {
  return { status, body: { error, error_description: description } };
}

/** The API's envelope. */
export function apiError(
  status: number,
  serviceErrorCode: number | undefined,
  code: string | undefined,
  message: string,
): CannedAnswer {
  return { status, body: { status, serviceErrorCode, code, message } };
}
