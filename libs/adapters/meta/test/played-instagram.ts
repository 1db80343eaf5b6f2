import { type Call, type CannedAnswer, graphError, PlayedServer } from './played-server.ts';

export const APP_ID = '444555666';
export const APP_SECRET = 'test-instagram-secret-000';
export const VERSION = 'v25.0';
/** Beyond 2^53: read as a number it would be 17841400000000000. */
export const ACCOUNT_ID = '17841400000000001';

interface Token {
  long: boolean;
  error?: string;
}

const LIFE_SECONDS = 5_184_000;

/** Instagram Login for one account, with answers of the shapes that Meta documents or that were recorded. */
export class PlayedInstagram extends PlayedServer {
  readonly tokens = new Map<string, Token>();
  readonly codes = new Set(['AQ-code-1']);
  permissions = ['instagram_business_basic', 'instagram_business_content_publish'];
  accountType: string | undefined = 'BUSINESS';
  /** The documented shapes: everything inside `data`, permissions as one text. */
  documented = false;
  expiresIn: number | undefined = LIFE_SECONDS;
  #minted = 0;

  mint(token: Token = { long: false }): string {
    const value = `IGAAcanary${++this.#minted}Zx9`;
    this.tokens.set(value, token);
    return value;
  }

  protected pathOf(pathname: string): string {
    return pathname.replace(`${VERSION}/`, '').slice(1);
  }

  protected answer(call: Call): CannedAnswer {
    switch (`${call.method} ${call.path}`) {
      case 'POST api.instagram.com/oauth/access_token':
        return this.#exchange(call.parameters);
      case 'GET graph.instagram.com/access_token':
        if (call.parameters.get('client_secret') !== APP_SECRET)
          return graphError(1, 'Error validating client secret.');
        return this.#withToken(call, () => this.#longLived());
      case 'GET graph.instagram.com/refresh_access_token':
        return this.#withToken(call, () => this.#longLived());
      case 'GET graph.instagram.com/me':
        return this.#withToken(call, () => this.#me());
      case 'DELETE graph.instagram.com/me/permissions':
        return this.#withToken(call, () => this.#revoke());
      default:
        return graphError(100, `Unsupported request - method type: ${call.method.toLowerCase()}`);
    }
  }

  #exchange(form: URLSearchParams): CannedAnswer {
    if (form.get('client_id') !== APP_ID) return refused('Invalid platform app');
    if (form.get('client_secret') !== APP_SECRET) return refused('Error validating client_secret');
    if (!this.codes.delete(form.get('code') ?? '')) return refused('Matching code was not found or was already used');
    const value = this.mint();
    if (this.documented) {
      const entry = { access_token: value, user_id: ACCOUNT_ID, permissions: this.permissions.join(',') };
      return { body: { data: [entry] } };
    }
    // A bare number, which JSON.parse would round.
    const text = JSON.stringify({ access_token: value, permissions: this.permissions });
    return { body: text.replace('{', `{"user_id": ${ACCOUNT_ID}, `) };
  }

  #longLived(): CannedAnswer {
    const expires = this.expiresIn === undefined ? {} : { expires_in: this.expiresIn };
    return { body: { access_token: this.mint({ long: true }), token_type: 'bearer', ...expires } };
  }

  #me(): CannedAnswer {
    const profile = {
      id: '1020000000000001',
      user_id: ACCOUNT_ID,
      username: 'harbour.cafe',
      name: 'Harbour Café',
      ...(this.accountType === undefined ? {} : { account_type: this.accountType }),
      profile_picture_url: 'https://cdn.example/ig.jpg',
    };
    return { body: this.documented ? { data: [profile] } : profile };
  }

  #revoke(): CannedAnswer {
    for (const token of this.tokens.values()) token.error ??= 'The user has not authorized application 444555666.';
    return { body: { success: true } };
  }

  #withToken(call: Call, answer: () => CannedAnswer): CannedAnswer {
    const token = this.tokens.get(call.parameters.get('access_token') ?? '');
    if (!token) return graphError(190, 'Invalid OAuth access token - Cannot parse access token');
    return token.error ? graphError(190, `Error validating access token: ${token.error}`) : answer();
  }
}

/** The token endpoint's own envelope. */
export function refused(message: string): CannedAnswer {
  return { status: 400, body: { error_type: 'OAuthException', code: 400, error_message: message } };
}
