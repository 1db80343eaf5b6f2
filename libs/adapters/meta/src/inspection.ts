import type { Secret } from '@mooring/contracts';
import { type DeadToken, PlatformFailure, type TokenInspection } from '@mooring/adapters-core';
import { classifyGraphError, graphErrorOf } from './errors.ts';
import { type Graph, type GraphApp, refusalOfApp } from './graph.ts';
import { type DebugToken, DebugTokenAnswer } from './schemas.ts';
import { REQUIRED_SCOPES } from './settings.ts';

/** Whose token one must be. */
export type ExpectedToken = { readonly type: 'USER' } | { readonly type: 'PAGE'; readonly pageId: string };

/** Asks `debug_token` about a token; the answer is an answer also where the token is dead. */
export class Inspection {
  readonly #graph: Graph;
  readonly #app: GraphApp;
  readonly #debugTokenUrl: string;
  readonly #now: () => Date;

  constructor(dependencies: { graph: Graph; app: GraphApp; debugTokenUrl: string; now: () => Date }) {
    this.#graph = dependencies.graph;
    this.#app = dependencies.app;
    this.#debugTokenUrl = dependencies.debugTokenUrl;
    this.#now = dependencies.now;
  }

  async debug(token: Secret): Promise<DebugToken> {
    try {
      const { data } = await this.#graph.asApp('GET', {
        url: this.#debugTokenUrl,
        query: { input_token: token.reveal() },
        schema: DebugTokenAnswer,
        what: 'debug_token',
      });
      return data;
    } catch (error) {
      throw refusalOfApp(error);
    }
  }

  /** Facts of a token that must live and be what is expected. Throws why not. */
  async demand(token: Secret, expected: ExpectedToken): Promise<DebugToken> {
    const facts = await this.debug(token);
    const failure = this.whyDead(facts, expected);
    if (failure) throw failure;
    return facts;
  }

  /** The answer to {@link PlatformAdapter.inspect}. */
  async inspect(token: Secret, expected: ExpectedToken): Promise<TokenInspection> {
    const facts = await this.debug(token);
    const failure = this.whyDead(facts, expected);
    if (failure) return { alive: false, failure } satisfies DeadToken;
    const grantedScopes = scopesOf(facts, expected);
    return {
      alive: true,
      expiresAt: instantOf(facts.expires_at),
      dataAccessExpiresAt: dataAccessEndOf(facts, grantedScopes),
      grantedScopes,
      missingScopes: REQUIRED_SCOPES.filter((scope) => !grantedScopes.includes(scope)),
    };
  }

  /**
   * Null for a live token of the kind expected. A token that lives but is another's (another app, the person's in place of the
   * Page's, another Page's) counts as dead: publishing with it would act as somebody else (C37).
   */
  whyDead(facts: DebugToken, expected: ExpectedToken): PlatformFailure | null {
    if (!facts.is_valid) return this.#whyInvalid(facts);
    const isOurs = facts.app_id !== undefined && String(facts.app_id) === this.#app.appId;
    const isExpected =
      facts.type === expected.type &&
      (expected.type === 'USER'
        ? facts.user_id !== undefined
        : facts.profile_id !== undefined && String(facts.profile_id) === expected.pageId);
    if (isOurs && isExpected) return null;
    return new PlatformFailure({
      class: 'reauthorization_required',
      reason: 'unknown',
      detail: isOurs ? `the token is not the expected ${expected.type} token` : 'the token belongs to another app',
      suspectOwnStorage: true,
    });
  }

  #whyInvalid(facts: DebugToken): PlatformFailure {
    if (!facts.error) {
      const lapsed =
        facts.expires_at !== undefined && facts.expires_at > 0 && facts.expires_at * 1_000 <= this.#now().getTime();
      return new PlatformFailure({
        class: 'reauthorization_required',
        reason: lapsed ? 'token_lapsed' : 'unknown',
        detail: 'the platform calls the token invalid without an error',
      });
    }
    const failure = classifyGraphError(graphErrorOf(facts.error), { status: 200, headers: {} });
    if (failure.class === 'transient' || failure.class === 'rate_limited' || failure.class === 'misconfigured')
      throw failure;
    if (failure.class !== 'unexpected') return failure;
    // Not valid is Meta's own verdict, whatever code stands beside it.
    return new PlatformFailure({
      class: 'reauthorization_required',
      reason: 'unknown',
      platformCode: failure.platformCode,
      detail: failure.message,
      suspectOwnStorage: failure.suspectOwnStorage,
    });
  }
}

/** Seconds of the epoch as Graph gives them; 0 and absent mean that no such clock runs. */
export function instantOf(unixSeconds: number | undefined): Date | null {
  return unixSeconds ? new Date(unixSeconds * 1_000) : null;
}

/**
 * Scopes of a token as they hold for a Page: a scope that the person granted for chosen assets only holds for these. The same
 * for a person's token, without regard to assets.
 */
export function scopesOf(facts: DebugToken, expected: ExpectedToken): string[] {
  const scopes = [...new Set(facts.scopes ?? [])];
  if (expected.type === 'USER') return scopes;
  return scopes.filter((scope) => holdsFor(facts, scope, expected.pageId));
}

/** False where the person named the assets of this scope and the Page is not among them. */
export function holdsFor(facts: DebugToken, scope: string, pageId: string): boolean {
  const granular = (facts.granular_scopes ?? []).filter((entry) => entry.scope === scope);
  if (granular.length === 0) return true;
  return granular.some((entry) => !entry.target_ids || entry.target_ids.some((id) => String(id) === pageId));
}

/**
 * When access to data ends, where a granted scope has such an end: of what is asked for here only `instagram_*`; Pages,
 * business, insights and ads scopes are on Meta's list of those that don't expire.
 */
export function dataAccessEndOf(facts: DebugToken, scopes: readonly string[]): Date | null {
  return scopes.some((scope) => scope.startsWith('instagram_')) ? instantOf(facts.data_access_expires_at) : null;
}
