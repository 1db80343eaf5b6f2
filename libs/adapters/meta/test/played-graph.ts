import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const APP_ID = '111222333';
export const APP_SECRET = 'test-app-secret-000';
export const VERSION = 'v25.0';

/** A Page as the played Graph holds it; absent fields are absent from answers. */
export interface PlayedPage {
  id: string;
  name?: string;
  tasks?: string[];
  /** False: no list carries a token for it. */
  token?: boolean;
  /** Where it stands; by default in `me/accounts`. `direct`: in no list, only by its id. */
  via?: 'accounts' | 'owned_pages' | 'client_pages' | 'direct';
  /** The token is that of another Page. */
  tokenOf?: string;
}

interface Token {
  type: 'USER' | 'PAGE' | 'SYSTEM_USER';
  long: boolean;
  pageId?: string;
  error?: { code: number; subcode?: number; message: string };
}

interface Call {
  method: string;
  path: string;
  parameters: URLSearchParams;
}

/** One of Meta's answers in another's place. */
export interface CannedAnswer {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

const LONG_EXPIRY = 1_765_184_000;

/** Graph for one person, with answers of the shapes that Meta documents or that were recorded. */
export class PlayedGraph {
  readonly userId = '10150000000000001';
  readonly tokens = new Map<string, Token>();
  readonly calls: Call[] = [];
  scopes = ['pages_show_list', 'pages_manage_posts', 'pages_read_engagement', 'business_management', 'public_profile'];
  granular: { scope: string; target_ids?: string[] }[] = [];
  pages: PlayedPage[] = [{ id: '100200300400490', name: 'Harbour Café', tasks: ['CREATE_CONTENT'] }];
  userExpiresAt = LONG_EXPIRY;
  portion = 2;
  /** Answers that stand in for the real ones, by the end of the path. */
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

  mint(token: Token): string {
    const value = `EAAB${token.type.toLowerCase()}${token.pageId ?? ''}canary${++this.#minted}Zx9`;
    this.tokens.set(value, token);
    return value;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://graph.invalid');
    const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    const call = {
      method: request.method ?? '',
      path: url.pathname.replace(`/graph.facebook.com/${VERSION}/`, ''),
      parameters: new URLSearchParams([...url.searchParams, ...form]),
    };
    this.calls.push(call);
    const { status = 200, headers, body } = this.canned.get(call.path) ?? this.#answer(call);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }

  #answer(call: Call): CannedAnswer {
    if (call.path === 'oauth/access_token') return this.#exchange(call.parameters);
    if (call.path === 'debug_token') return this.#asApp(call, () => this.#debug(call.parameters));
    if (call.method === 'DELETE') return this.#asApp(call, () => this.#revoke());
    return this.#asPerson(call, () => this.#read(call));
  }

  #exchange(form: URLSearchParams): CannedAnswer {
    if (form.get('client_secret') !== APP_SECRET) return graphError(1, 'Error validating client secret.');
    const token = this.tokens.get(form.get('fb_exchange_token') ?? '');
    if (!token) return graphError(190, 'Malformed access token');
    if (token.error) return graphError(token.error.code, token.error.message, token.error.subcode);
    return { body: { access_token: this.mint({ ...token, long: true }), token_type: 'bearer' } };
  }

  #debug(query: URLSearchParams): CannedAnswer {
    const token = this.tokens.get(query.get('input_token') ?? '');
    if (!token) {
      const error = { code: 190, message: 'The access token could not be decrypted' };
      return { body: { data: { error, is_valid: false, scopes: [] } } };
    }
    const { error } = token;
    const page = token.type === 'PAGE' ? { profile_id: token.pageId } : {};
    const data = {
      app_id: APP_ID,
      type: token.type,
      application: 'placeholder-app',
      data_access_expires_at: 1_767_776_000,
      expires_at: token.type === 'PAGE' ? 0 : this.userExpiresAt,
      is_valid: error === undefined,
      ...(token.long ? { issued_at: 1_760_000_000 } : {}),
      ...(error ? { error } : {}),
      scopes: error ? ['public_profile'] : this.scopes,
      granular_scopes: this.granular,
      user_id: this.userId,
      ...page,
    };
    return { body: { data } };
  }

  #revoke(): CannedAnswer {
    const message = 'Error validating access token: The user has not authorized application 111222333.';
    for (const token of this.tokens.values()) token.error ??= { code: 190, subcode: 458, message };
    return { body: true };
  }

  #read(call: Call): CannedAnswer {
    if (call.path === 'me') return { body: { id: this.userId, name: 'Ida Person' } };
    if (call.path === 'me/accounts') return this.#list(call, this.#pagesVia('accounts'));
    if (call.path === 'me/businesses') return this.#list(call, [{ id: '900490900' }]);
    const [id, edge] = call.path.split('/');
    if (edge === 'owned_pages' || edge === 'client_pages') return this.#list(call, this.#pagesVia(edge));
    const page = this.pages.find((candidate) => candidate.id === id);
    return page ? { body: this.#rowOf(page) } : graphError(100, 'Unsupported get request.', 33);
  }

  #pagesVia(edge: NonNullable<PlayedPage['via']>): object[] {
    return this.pages.filter(({ via }) => (via ?? 'accounts') === edge).map((page) => this.#rowOf(page));
  }

  #rowOf({ id, name, tasks, token, tokenOf }: PlayedPage): object {
    const access =
      token === false ? {} : { access_token: this.mint({ type: 'PAGE', long: true, pageId: tokenOf ?? id }) };
    const picture = { data: { height: 200, is_silhouette: false, url: `https://scontent.example/${id}.png` } };
    return { id, ...(name ? { name } : {}), ...(tasks ? { tasks } : {}), ...access, picture };
  }

  #list(call: Call, rows: object[]): CannedAnswer {
    const from = Number(call.parameters.get('after') ?? '0');
    const data = rows.slice(from, from + this.portion);
    const after = String(from + this.portion);
    const token = call.parameters.get('access_token');
    const next =
      from + this.portion < rows.length ? { next: `https://graph.facebook.com/x?access_token=${token}` } : {};
    return { body: { data, ...(data.length ? { paging: { cursors: { before: 'b', after }, ...next } } : {}) } };
  }

  #asApp(call: Call, answer: () => CannedAnswer): CannedAnswer {
    if (call.parameters.get('access_token') === `${APP_ID}|${APP_SECRET}`) return answer();
    return graphError(190, 'Invalid OAuth access token signature.');
  }

  #asPerson(call: Call, answer: () => CannedAnswer): CannedAnswer {
    const value = call.parameters.get('access_token') ?? '';
    const token = this.tokens.get(value);
    if (!token) return graphError(190, 'Malformed access token');
    if (token.error) return graphError(token.error.code, token.error.message, token.error.subcode);
    const proof = createHmac('sha256', APP_SECRET).update(value).digest('hex');
    if (call.parameters.get('appsecret_proof') === proof) return answer();
    return graphError(100, 'Invalid appsecret_proof provided in the API argument');
  }
}

/** Graph's envelope, as recorded: status 400 whatever the code. */
export function graphError(code: number, message: string, subcode?: number): CannedAnswer {
  const error = {
    message,
    type: 'OAuthException',
    code,
    ...(subcode ? { error_subcode: subcode } : {}),
    fbtrace_id: 'AbCd',
  };
  return { status: 400, body: { error } };
}
