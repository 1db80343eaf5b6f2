import { createHmac } from 'node:crypto';
import { type Call, type CannedAnswer, graphError, PlayedServer } from './played-server.ts';

export { type CannedAnswer, graphError } from './played-server.ts';

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
  /** The Instagram account behind it. */
  instagram?: { id: string; username?: string; name?: string };
}

/** An ad account with its pixels. */
export interface PlayedAdAccount {
  id: string;
  name?: string;
  account_status: number;
  pixels?: { id: string; name?: string; is_unavailable?: boolean }[];
}

interface Token {
  type: 'USER' | 'PAGE' | 'SYSTEM_USER';
  long: boolean;
  pageId?: string;
  error?: { code: number; subcode?: number; message: string };
}

const LONG_EXPIRY = 1_765_184_000;

/** Graph for one person, with answers of the shapes that Meta documents or that were recorded. */
export class PlayedGraph extends PlayedServer {
  readonly userId = '10150000000000001';
  readonly tokens = new Map<string, Token>();
  scopes = ['pages_show_list', 'pages_manage_posts', 'pages_read_engagement', 'business_management', 'public_profile'];
  granular: { scope: string; target_ids?: string[] }[] = [];
  pages: PlayedPage[] = [{ id: '100200300400490', name: 'Harbour Café', tasks: ['CREATE_CONTENT'] }];
  adAccounts: PlayedAdAccount[] = [];
  /** Permissions that the person declined, or that lapsed, though they stand on the token. */
  permissions: Record<string, 'declined' | 'expired'> = {};
  userExpiresAt = LONG_EXPIRY;
  portion = 2;
  #minted = 0;

  mint(token: Token): string {
    const value = `EAAB${token.type.toLowerCase()}${token.pageId ?? ''}canary${++this.#minted}Zx9`;
    this.tokens.set(value, token);
    return value;
  }

  protected pathOf(pathname: string): string {
    return pathname.replace(`/graph.facebook.com/${VERSION}/`, '');
  }

  protected answer(call: Call): CannedAnswer {
    if (call.path === 'oauth/access_token') return this.#exchange(call.parameters);
    if (call.path === 'debug_token') return this.#asApp(call, () => this.#debug(call.parameters));
    if (call.method === 'DELETE') return this.#asApp(call, () => this.#revoke());
    return this.#asPerson(call, () => this.#read(call));
  }

  #exchange(form: URLSearchParams): CannedAnswer {
    if (form.get('client_id') !== APP_ID) return graphError(101, 'Error validating application.');
    if (form.get('client_secret') !== APP_SECRET) return graphError(1, 'Error validating client secret.');
    if (form.get('grant_type') === 'client_credentials') {
      return { body: { access_token: `${APP_ID}|${APP_SECRET}`, token_type: 'bearer' } };
    }
    const token = this.tokens.get(form.get('fb_exchange_token') ?? '');
    if (!token) return graphError(190, 'Malformed access token');
    if (token.error) return graphError(token.error.code, token.error.message, token.error.subcode);
    return { body: { access_token: this.mint({ ...token, long: true }), token_type: 'bearer' } };
  }

  #debug(query: URLSearchParams): CannedAnswer {
    const value = query.get('input_token') ?? '';
    if (value === `${APP_ID}|${APP_SECRET}`) {
      return {
        body: { data: { app_id: APP_ID, type: 'APP', application: 'placeholder-app', is_valid: true, scopes: [] } },
      };
    }
    const token = this.tokens.get(value);
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
    if (call.path === 'me/permissions') return { body: { data: this.#permissions() } };
    if (call.path === 'me/accounts') return this.#list(call, this.#pagesVia('accounts', call));
    if (call.path === 'me/businesses') return this.#list(call, [{ id: '900490900' }]);
    if (call.path === 'me/adaccounts') return this.#list(call, this.adAccounts);
    const [id, edge] = call.path.split('/');
    if (edge === 'owned_pages' || edge === 'client_pages') return this.#list(call, this.#pagesVia(edge, call));
    const found = id ? this.#node(id, edge, call) : null;
    return found ?? graphError(100, 'Unsupported get request.', 33);
  }

  #permissions(): object[] {
    return this.scopes.map((permission) => ({ permission, status: this.permissions[permission] ?? 'granted' }));
  }

  #node(id: string, edge: string | undefined, call: Call): CannedAnswer | null {
    const ads = this.adAccounts.find((candidate) => candidate.id === id);
    if (ads && edge === 'adspixels') return this.#list(call, ads.pixels ?? []);
    const pixel = this.adAccounts.flatMap(({ pixels = [] }) => pixels).find((candidate) => candidate.id === id);
    const page = this.pages.find((candidate) => candidate.id === id);
    if ((ads || pixel) && !this.scopes.some((scope) => scope.startsWith('ads_'))) return graphError(200, 'no ads_read');
    if (edge !== undefined) return null;
    if (page) return { body: this.#rowOf(page, call) };
    return ads || pixel ? { body: ads ?? pixel } : null;
  }

  #pagesVia(edge: NonNullable<PlayedPage['via']>, call: Call): object[] {
    return this.pages.filter(({ via }) => (via ?? 'accounts') === edge).map((page) => this.#rowOf(page, call));
  }

  #rowOf({ id, name, tasks, token, tokenOf, instagram }: PlayedPage, call: Call): object {
    const access =
      token === false ? {} : { access_token: this.mint({ type: 'PAGE', long: true, pageId: tokenOf ?? id }) };
    const picture = { data: { height: 200, is_silhouette: false, url: `https://scontent.example/${id}.png` } };
    const asksLinked = call.parameters.get('fields')?.includes('instagram_business_account');
    const linked = asksLinked && instagram ? { instagram_business_account: instagram } : {};
    return { id, ...(name ? { name } : {}), ...(tasks ? { tasks } : {}), ...access, ...linked, picture };
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
