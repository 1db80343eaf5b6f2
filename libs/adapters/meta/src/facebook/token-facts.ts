import type { Secret } from '@mooring/contracts';
import { PlatformFailure } from '@mooring/adapters-core';
import { graphErrorOf } from '../graph/errors.ts';
import { FACEBOOK_ERRORS } from './errors.ts';
import { type Graph, type GraphApp, refusalOfApp } from './graph.ts';
import { type DebugToken, DebugTokenAnswer } from './schemas.ts';

/** Whose token one must be. Without an id: that of any Page. */
export type ExpectedToken = { readonly type: 'USER' } | { readonly type: 'PAGE'; readonly pageId?: string };

/** Asks `debug_token` about a token; the answer is an answer also where the token is dead. */
export class TokenFacts {
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

  /**
   * Null for a live token of the kind expected. A token that lives but is another's (another app, the person's in place of the
   * Page's, another Page's) counts as dead: publishing with it would act as somebody else (C37).
   * Throws PlatformFailure where Meta says that a token lives, but not what it may do (C36).
   */
  whyDead(facts: DebugToken, expected: ExpectedToken): PlatformFailure | null {
    if (!facts.is_valid) return this.#whyInvalid(facts);
    const isOurs = facts.app_id !== undefined && String(facts.app_id) === this.#app.appId;
    if (!isOurs || !isOf(facts, expected)) {
      return new PlatformFailure({
        class: 'reauthorization_required',
        reason: 'unknown',
        detail: isOurs ? `the token is not the expected ${expected.type} token` : 'the token belongs to another app',
        suspectOwnStorage: true,
      });
    }
    // Taken for none, a permission that merely wasn't named would cut accounts off.
    if (!facts.scopes) throw new PlatformFailure({ class: 'unexpected', detail: 'debug_token names no scopes' });
    return null;
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
    const failure = FACEBOOK_ERRORS.classifyError(graphErrorOf(facts.error), { status: 200, headers: {} });
    if (NO_VERDICT.has(failure.class)) throw failure;
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

const NO_VERDICT: ReadonlySet<string> = new Set(['transient', 'rate_limited', 'misconfigured']);

function isOf(facts: DebugToken, expected: ExpectedToken): boolean {
  if (facts.type !== expected.type) return false;
  if (expected.type === 'USER') return facts.user_id !== undefined;
  if (facts.profile_id === undefined) return false;
  return expected.pageId === undefined || String(facts.profile_id) === expected.pageId;
}

/** Seconds of the epoch as Graph gives them; 0 and absent mean that no such clock runs. */
export function instantOf(unixSeconds: number | undefined): Date | null {
  return unixSeconds ? new Date(unixSeconds * 1_000) : null;
}
