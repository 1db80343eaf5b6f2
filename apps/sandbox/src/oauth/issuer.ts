import type { Fault } from '../faults/fault-box.ts';
import type { PlayedPerson } from './profile.ts';
import { rotationOf } from './rotation.ts';
import type { Family, TokenRecord } from './state.ts';
import type { TokenIndex } from './token-index.ts';
import type { NextToken, OAuthWorld } from './world.ts';

export interface IssuedTokens {
  person: PlayedPerson;
  family: Family;
  access: TokenRecord;
  /** Undefined where the answer is to leave `expires_in` out. */
  expiresInSeconds: number | undefined;
  refresh: TokenRecord | undefined;
  /** What remains of the refresh token's life; undefined without one, or where it never expires. */
  refreshExpiresInSeconds: number | undefined;
}

export interface IssueOptions {
  scopes: string[];
  next?: NextToken;
  fault?: Fault;
}

/** Makes the tokens of a family, with the lifetimes that the platform, a control call or a fault gives them. */
export class TokenIssuer {
  readonly #world: OAuthWorld;
  readonly #tokens: TokenIndex;

  constructor(world: OAuthWorld, tokens: TokenIndex) {
    this.#world = world;
    this.#tokens = tokens;
  }

  /** An access token, and a refresh token in place of the spent one, or the same where it may be used again. */
  issue(family: Family, spent: TokenRecord | undefined, options: IssueOptions): IssuedTokens {
    const { next, scopes } = options;
    const access = this.#access(family, scopes, next?.lifetimeSeconds);
    const refresh = this.#withoutRefresh(scopes, options) ? undefined : this.#refreshFor(family, spent, options);
    return this.#issued(access, refresh, next);
  }

  /** An access token beside another, for whoever exchanges one for one. */
  add(family: Family, scopes: string[], lifetimeSeconds: number): IssuedTokens {
    const next = this.#world.takeNextToken('exchange');
    return this.#issued(this.#access(family, scopes, next?.lifetimeSeconds ?? lifetimeSeconds), undefined, next);
  }

  #withoutRefresh(scopes: string[], { next, fault }: IssueOptions): boolean {
    const { requiredScope } = this.#world.profile.refresh;
    if (rotationOf(this.#world) === 'none' || next?.omitRefreshToken === true || fault?.kind === 'no_refresh_token')
      return true;
    return requiredScope !== undefined && !scopes.includes(requiredScope);
  }

  #refreshFor(family: Family, spent: TokenRecord | undefined, { scopes, next, fault }: IssueOptions): TokenRecord {
    const { refresh } = this.#world.profile;
    const nowMs = this.#world.clock.nowMs();
    const seconds = next?.refreshLifetimeSeconds ?? refresh.lifetimeSeconds;
    const restarts = refresh.restarts && fault?.kind !== 'refresh_counts_down';
    const anew = restarts || next?.refreshLifetimeSeconds !== undefined || family.refreshExpiresAtMs === undefined;
    if (anew) family.refreshExpiresAtMs = seconds === null ? null : nowMs + seconds * 1000;
    const expiresAtMs = family.refreshExpiresAtMs ?? null;
    if (spent !== undefined && spent.spent !== true) {
      spent.expiresAtMs = expiresAtMs;
      return spent;
    }
    return this.#add(family, { kind: 'refresh', scopes, expiresAtMs });
  }

  #access(family: Family, scopes: string[], lifetimeSeconds?: number): TokenRecord {
    const seconds = lifetimeSeconds ?? this.#world.profile.access.lifetimeSeconds;
    const expiresAtMs = seconds === null ? null : this.#world.clock.nowMs() + seconds * 1000;
    return this.#add(family, { kind: 'access', scopes, expiresAtMs });
  }

  #issued(access: TokenRecord, refresh: TokenRecord | undefined, next: NextToken | undefined): IssuedTokens {
    const nowMs = this.#world.clock.nowMs();
    const remaining = (expiresAtMs: number | null | undefined) =>
      typeof expiresAtMs === 'number' ? Math.round((expiresAtMs - nowMs) / 1000) : undefined;
    return {
      person: this.#world.grants.personOf(access),
      family: this.#world.grants.familyOf(access),
      access,
      expiresInSeconds: next?.omitExpiresIn === true ? undefined : remaining(access.expiresAtMs),
      refresh,
      refreshExpiresInSeconds: remaining(refresh?.expiresAtMs),
    };
  }

  #add(family: Family, token: Pick<TokenRecord, 'kind' | 'scopes' | 'expiresAtMs'>): TokenRecord {
    const { prefix, length } = this.#world.profile[token.kind];
    const record: TokenRecord = {
      value: this.#world.mint.mint(prefix, length),
      ...token,
      personId: family.personId,
      familyId: family.id,
      issuedAtMs: this.#world.clock.nowMs(),
    };
    this.#tokens.add(record);
    this.#world.changed();
    return record;
  }
}
