import { readFile } from 'node:fs/promises';
import { MooringError, Secret } from '@mooring/contracts';

/** Where a service gets the token that it shows to another one. */
export interface ServiceTokenSource {
  /**
   * A token that is good for some time yet.
   * @throws MooringError `temporarily_unavailable` when none can be had
   */
  token(): Promise<Secret>;
  /** Forgets the token at hand, after it was refused. */
  forget(): void;
}

/** Client credentials at the token endpoint of an OpenID provider (RFC 6749 §4.4). */
export interface ClientCredentialsSettings {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** Sent as `audience`, as many providers want it. */
  readonly audience?: string;
  /** Sent as `resource` (RFC 8707), as others want it. */
  readonly resource?: string;
  readonly scope?: string;
  readonly timeoutMs?: number;
}

/** A token that is kept in a mounted file and replaced from outside (Kubernetes' projected service-account tokens). */
export interface ProjectedTokenSettings {
  readonly path: string;
  /** How long a read is used before the file is looked at again. */
  readonly rereadAfterMs?: number;
}

const TIMEOUT_MS = 3_000;
const REREAD_AFTER_MS = 30_000;
const MARGIN_SECONDS = 30;
const LIFETIME_SECONDS_DEFAULT = 60;
const ANSWER_LENGTH_MAX = 64 * 1024;

interface Held {
  readonly token: Secret;
  readonly untilMs: number;
}

/** Keeps the token until shortly before its end; many callers at once cause one fetch. */
class HeldTokenSource implements ServiceTokenSource {
  readonly #fetchToken: () => Promise<Held>;
  #held: Held | undefined;
  #fetching: Promise<Held> | undefined;

  constructor(fetchToken: () => Promise<Held>) {
    this.#fetchToken = fetchToken;
  }

  async token(): Promise<Secret> {
    if (this.#held !== undefined && this.#held.untilMs > performance.now()) return this.#held.token;
    this.#fetching ??= this.#fetchToken().finally(() => {
      this.#fetching = undefined;
    });
    try {
      this.#held = await this.#fetching;
    } catch (error) {
      throw new MooringError('temporarily_unavailable', { cause: error });
    }
    return this.#held.token;
  }

  forget(): void {
    this.#held = undefined;
  }
}

function formOf(settings: ClientCredentialsSettings): URLSearchParams {
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  if (settings.audience !== undefined) form.set('audience', settings.audience);
  if (settings.resource !== undefined) form.set('resource', settings.resource);
  if (settings.scope !== undefined) form.set('scope', settings.scope);
  return form;
}

/** RFC 6749 §2.3.1: both parts are form-encoded before they are joined. */
function basicCredentials(clientId: string, clientSecret: Secret): string {
  const encode = (text: string): string => new URLSearchParams({ v: text }).toString().slice('v='.length);
  return Buffer.from(`${encode(clientId)}:${encode(clientSecret.reveal())}`).toString('base64');
}

async function requestToken(settings: ClientCredentialsSettings): Promise<Held> {
  const askedAtMs = performance.now();
  const response = await fetch(settings.tokenUrl, {
    method: 'POST',
    headers: {
      authorization: `Basic ${basicCredentials(settings.clientId, settings.clientSecret)}`,
      accept: 'application/json',
    },
    body: formOf(settings),
    redirect: 'error',
    signal: AbortSignal.timeout(settings.timeoutMs ?? TIMEOUT_MS),
  });
  const text = await response.text();
  // The answer's text is not told: it may hold a token.
  if (!response.ok || text.length > ANSWER_LENGTH_MAX)
    throw new Error(`the token endpoint answered ${response.status}`);
  const { access_token: token, expires_in: lifetime } = JSON.parse(text) as Record<string, unknown>;
  if (typeof token !== 'string' || token === '') throw new Error('the token endpoint answered without a token');
  const lifetimeSeconds = typeof lifetime === 'number' ? lifetime : LIFETIME_SECONDS_DEFAULT;
  // Of short-lived tokens half the life is margin enough.
  const usableSeconds = Math.max(lifetimeSeconds - MARGIN_SECONDS, lifetimeSeconds / 2);
  return { token: new Secret(token), untilMs: askedAtMs + usableSeconds * 1_000 };
}

/** Tokens by client credentials, cached until shortly before they end. */
export function clientCredentialsTokens(settings: ClientCredentialsSettings): ServiceTokenSource {
  return new HeldTokenSource(() => requestToken(settings));
}

/** Tokens from a file that is read again and again. */
export function projectedFileTokens(settings: ProjectedTokenSettings): ServiceTokenSource {
  return new HeldTokenSource(async () => ({
    token: new Secret((await readFile(settings.path, 'utf8')).trim()),
    untilMs: performance.now() + (settings.rereadAfterMs ?? REREAD_AFTER_MS),
  }));
}
