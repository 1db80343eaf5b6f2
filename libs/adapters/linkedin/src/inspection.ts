import {
  type DeadToken,
  type InspectionTarget,
  type LiveToken,
  PlatformFailure,
  type TokenInspection,
} from '@mooring/adapters-core';
import { FAILURE_RULES, type Secret } from '@mooring/contracts';
import { saysRevoked } from './errors.ts';
import type { Introspection, TokenFacts } from './introspection.ts';
import { mayPost, type MemberToken, type RoleLists } from './organization-roles.ts';
import { missingOf } from './scopes.ts';

/** Asks whether a token lives, and whether the member's role on a Page does. */
export class Inspection {
  readonly #introspection: Introspection;
  readonly #roles: RoleLists;

  constructor(introspection: Introspection, roles: RoleLists) {
    this.#introspection = introspection;
    this.#roles = roles;
  }

  async inspect({ token, account }: InspectionTarget): Promise<TokenInspection> {
    const facts = await this.#introspect(token);
    if ('alive' in facts) return facts;
    if (!facts.active) return this.#whyInactive(token, facts);
    const live = liveOf(facts);
    // Without the scope LinkedIn tells nothing of roles, and the missing scope is what counts.
    if (!account || live.missingScopes.includes('rw_organization_admin')) return live;
    return this.#role({ value: token, issuedAt: facts.issuedAt }, account.accountId, live);
  }

  /** LinkedIn refuses to introspect what it takes for no token at all (400); the API, asked with it, then knows better. */
  async #introspect(token: Secret): Promise<TokenFacts | DeadToken> {
    try {
      return await this.#introspection.ask(token);
    } catch (error) {
      if (!(error instanceof PlatformFailure) || error.class !== 'unexpected') throw error;
      const dead = await this.#whyRefused({ value: token, issuedAt: null });
      if (dead) return dead;
      throw error;
    }
  }

  /** A role that was taken away leaves the token alive; only this Page is lost. */
  async #role(token: MemberToken, organizationId: string, live: LiveToken): Promise<TokenInspection> {
    try {
      const pages = await this.#roles.ofMember(token);
      const page = pages.find((candidate) => candidate.organizationId === organizationId);
      if (page && mayPost(page)) return live;
      const detail = page
        ? 'the role on the Page no longer lets the member post'
        : 'the member has no role on the Page';
      const failure = new PlatformFailure({ class: 'user_action_required', reason: 'role_lost', detail });
      return { alive: false, failure };
    } catch (error) {
      return deadOrThrow(error);
    }
  }

  /**
   * Inactive without being expired or revoked is what LinkedIn says of a token of another app, too: the API, which is asked
   * with the token itself, then knows better.
   */
  async #whyInactive(token: Secret, { status, issuedAt }: TokenFacts): Promise<DeadToken> {
    if (status === 'revoked') return dead('removed_in_settings', 'LinkedIn calls the token revoked');
    if (status === 'expired') return { ...dead('token_lapsed', 'the token has expired'), renewalDecides: true };
    const refused = await this.#whyRefused({ value: token, issuedAt });
    if (refused) return refused;
    throw new PlatformFailure({
      class: 'unexpected',
      detail: 'the token lives, but LinkedIn knows it as none of this app: is LINKEDIN_CLIENT_ID another app’s?',
      suspectOwnStorage: true,
    });
  }

  /** What the API holds against the token itself; null where it takes it, be it without the permission to tell roles. */
  async #whyRefused(token: MemberToken): Promise<DeadToken | null> {
    try {
      await this.#roles.ofMember(token);
      return null;
    } catch (error) {
      if (error instanceof PlatformFailure && error.class === 'permission_missing') return null;
      return deadOrThrow(error);
    }
  }
}

function liveOf({ expiresAt, grantedScopes }: TokenFacts): LiveToken {
  return {
    alive: true,
    ...(expiresAt && { expiresAt }),
    dataAccessExpiresAt: null,
    ...(grantedScopes && { grantedScopes }),
    missingScopes: grantedScopes ? missingOf(grantedScopes) : [],
  };
}

function dead(reason: 'removed_in_settings' | 'token_lapsed', detail: string): DeadToken {
  return { alive: false, failure: new PlatformFailure({ class: 'reauthorization_required', reason, detail }) };
}

/** A final refusal of the API is a verdict on the token; anything else is no answer. */
function deadOrThrow(error: unknown): DeadToken {
  if (!(error instanceof PlatformFailure) || !FAILURE_RULES[error.class].final) throw error;
  const renewalDecides = error.class === 'reauthorization_required' && !saysRevoked(error);
  return { alive: false, failure: error, ...(renewalDecides && { renewalDecides }) };
}
