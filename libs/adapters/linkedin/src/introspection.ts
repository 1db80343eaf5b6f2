import { PlatformFailure, readScopes } from '@mooring/adapters-core';
import type { Secret } from '@mooring/contracts';
import type { AppCalls } from './calls.ts';
import { type Introspected, IntrospectionAnswer } from './schemas.ts';

/** What LinkedIn says of a token. Null where it doesn't say: only `active` is sure to be there. */
export interface TokenFacts {
  readonly active: boolean;
  /** `active`, `expired` or `revoked`; a token of another app is inactive without being either. */
  readonly status: string | null;
  readonly issuedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly grantedScopes: readonly string[] | null;
}

const SPEAKS_OF_TOKEN: ReadonlySet<string> = new Set([
  'reauthorization_required',
  'permission_missing',
  'user_action_required',
]);

/** Asks LinkedIn about a token, with the app's credentials. Needs no scope and costs none of a member's calls. */
export class Introspection {
  readonly #app: AppCalls;
  readonly #url: string;

  constructor(app: AppCalls, url: string) {
    this.#app = app;
    this.#url = url;
  }

  /** Throws PlatformFailure of no class that says anything about the token: a refusal here speaks of the app. */
  async ask(token: Secret): Promise<TokenFacts> {
    const call = { url: this.#url, schema: IntrospectionAnswer, what: 'introspectToken' };
    try {
      return factsOf(await this.#app.post({ token: token.reveal() }, call));
    } catch (error) {
      throw refusalOfApp(error);
    }
  }
}

function factsOf({ active, status, created_at, expires_at, scope }: Introspected): TokenFacts {
  return {
    active,
    status: status ?? null,
    issuedAt: instantOf(created_at),
    expiresAt: instantOf(expires_at),
    grantedScopes: scope ? [...new Set(readScopes(scope))] : null,
  };
}

function instantOf(unixSeconds: number | null | undefined): Date | null {
  return unixSeconds ? new Date(unixSeconds * 1_000) : null;
}

/** Whatever LinkedIn refuses here, it is no verdict on the token. */
function refusalOfApp(error: unknown): unknown {
  if (!(error instanceof PlatformFailure) || !SPEAKS_OF_TOKEN.has(error.class)) return error;
  return new PlatformFailure({ class: 'unexpected', platformCode: error.platformCode, detail: error.message });
}
