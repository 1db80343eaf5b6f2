/** Told every answer of an API, so that a leak scan can read what was ever said. */
export type AnswerListener = (url: string, body: string) => void;

/** An answer of an API with its body read. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

const TIMEOUT_MS = 30_000;

/** One JSON call; never throws for a status, only where there is no answer. */
export async function callJson(
  url: string,
  init: { readonly method: string; readonly headers: Record<string, string>; readonly body?: unknown },
  onAnswer?: AnswerListener,
): Promise<ApiAnswer> {
  const answer = await fetch(url, {
    method: init.method,
    headers: {
      accept: 'application/json',
      ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...init.headers,
    },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await answer.text();
  onAnswer?.(url, text);
  return { status: answer.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

const TOKEN_REUSE_MS = 300_000;

/** A service client of the OpenID provider: client credentials, one audience. */
export class ServiceClient {
  #token: { value: string; until: number } | undefined;

  constructor(
    private readonly options: {
      readonly issuer: string;
      readonly clientId: string;
      readonly clientSecret: string;
      readonly resource: string;
      readonly scope: string;
      readonly onAnswer?: AnswerListener;
    },
  ) {}

  /** Calls an API with this client's access token. */
  async call(method: string, url: string, body?: unknown): Promise<ApiAnswer> {
    const headers = { authorization: `Bearer ${await this.token()}` };
    return callJson(url, { method, headers, body }, this.options.onAnswer);
  }

  /** A valid access token. */
  async token(): Promise<string> {
    if (this.#token && this.#token.until > Date.now()) return this.#token.value;
    const { issuer, clientId, clientSecret, resource, scope } = this.options;
    const answer = await fetch(`${issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource, scope }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!answer.ok) throw new Error(`the OpenID provider refused ${clientId}: HTTP ${answer.status}`);
    const { access_token: value } = (await answer.json()) as { access_token: string };
    this.#token = { value, until: Date.now() + TOKEN_REUSE_MS };
    return value;
  }
}
