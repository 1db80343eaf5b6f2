import type { Fault } from '../faults/fault-box.ts';
import { OAuthRefusal } from './refusal.ts';
import type { PlayedPerson, Rotation } from './profile.ts';
import { ROTATIONS } from './profile.ts';
import type { End, Family, TokenRecord } from './state.ts';
import { TokenIndex } from './token-index.ts';
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

/** Families of tokens: issues, rotates, ends them, and says whether one still holds. */
export class GrantBook {
  readonly #world: OAuthWorld;
  readonly #tokens: TokenIndex;

  constructor(world: OAuthWorld) {
    this.#world = world;
    this.#tokens = new TokenIndex(world);
  }

  find(value: string, kind?: TokenRecord['kind']): TokenRecord | undefined {
    const token = this.#tokens.find(value);
    return kind === undefined || token?.kind === kind ? token : undefined;
  }

  ofPerson(person: PlayedPerson): TokenRecord[] {
    return this.#world.state.tokens.filter((token) => token.personId === person.id);
  }

  personOf(token: { personId: string }): PlayedPerson {
    const person = this.#world.person(token.personId);
    if (person === undefined) throw new Error(`No such person: ${token.personId}`);
    return person;
  }

  familyOf(token: TokenRecord): Family {
    const family = this.#world.state.families[token.familyId];
    if (family === undefined) throw new Error('A token without a family');
    return family;
  }

  /** A new family: the tokens that a code is exchanged for. */
  open(person: PlayedPerson, options: IssueOptions): IssuedTokens {
    const { state, clock } = this.#world;
    state.serial += 1;
    const family: Family = {
      id: `f${state.serial}`,
      personId: person.id,
      scopes: options.scopes,
      consentedAtMs: clock.nowMs(),
      rotations: 0,
    };
    state.families[family.id] = family;
    return this.#issue(family, undefined, options);
  }

  /** `grant_type=refresh_token`. A spent token that comes again is refused; with strict rotation its whole family ends. */
  refresh(value: string, fault?: Fault): IssuedTokens {
    const token = this.find(value, 'refresh');
    if (token === undefined) throw new OAuthRefusal({ reason: 'refresh-unknown' });
    const rotation = this.rotation();
    if (fault?.kind === 'family_revoked' || (token.spent === true && rotation === 'strict')) {
      this.endFamily(token.familyId, { reason: 'reuse', by: 'app' });
      throw new OAuthRefusal({ reason: 'refresh-spent' });
    }
    if (token.spent === true) throw new OAuthRefusal({ reason: 'refresh-spent' });
    this.#requireLive(token, 'refresh');
    const family = this.familyOf(token);
    family.rotations += 1;
    if (rotation !== 'reusable') token.spent = true;
    return this.#issue(family, token, { scopes: token.scopes, next: this.#world.takeNextToken('refresh'), fault });
  }

  /** Adds an access token to the family of another: long for short, or an extended one. */
  exchange(token: TokenRecord, lifetimeSeconds: number): IssuedTokens {
    const next = this.#world.takeNextToken('exchange');
    const access = this.#access(this.familyOf(token), token.scopes, next?.lifetimeSeconds ?? lifetimeSeconds);
    return this.#issued(access, undefined, next);
  }

  /** The live access token behind a value. Throws OAuthRefusal. */
  requireAccess(value: string | undefined): TokenRecord {
    if (value === undefined || value === '') throw new OAuthRefusal({ reason: 'token-missing' });
    const token = this.find(value, 'access');
    if (token === undefined) throw new OAuthRefusal({ reason: 'token-unknown' });
    this.#requireLive(token, 'token');
    return token;
  }

  /** Undefined while the token holds. */
  problem(token: TokenRecord): 'ended' | 'expired' | 'spent' | 'suspended' | undefined {
    if (token.end !== undefined) return 'ended';
    if (token.spent === true) return 'spent';
    if (token.expiresAtMs !== null && token.expiresAtMs <= this.#world.clock.nowMs()) return 'expired';
    return this.#world.stateOf(this.personOf(token)).suspended ? 'suspended' : undefined;
  }

  /** What the sandbox's switch `rotation` says, else what the platform does. */
  rotation(): Rotation {
    const chosen = this.#world.switch('rotation');
    return ROTATIONS.find((rotation) => rotation === chosen) ?? this.#world.profile.refresh.rotation;
  }

  endToken(token: TokenRecord, end: End): void {
    token.end ??= end;
    this.#world.changed();
  }

  endFamily(familyId: string, end: End): void {
    this.#endWhere((token) => token.familyId === familyId, end);
  }

  endPerson(person: PlayedPerson, end: End): void {
    this.#endWhere((token) => token.personId === person.id, end);
  }

  reviveEndedByControl(person: PlayedPerson): void {
    for (const token of this.ofPerson(person)) {
      if (token.end?.by === 'control') delete token.end;
    }
    this.#world.changed();
  }

  /** After the state was replaced. */
  reindex(): void {
    this.#tokens.reindex();
  }

  #endWhere(matches: (token: TokenRecord) => boolean, end: End): void {
    for (const token of this.#world.state.tokens) {
      if (matches(token)) token.end ??= end;
    }
    this.#world.changed();
  }

  #requireLive(token: TokenRecord, what: 'refresh' | 'token'): void {
    const problem = this.problem(token);
    if (problem === 'suspended') throw new OAuthRefusal({ reason: 'account-suspended' });
    if (problem === 'ended') throw new OAuthRefusal({ reason: `${what}-ended`, end: token.end?.reason });
    if (problem === 'expired') {
      throw new OAuthRefusal({ reason: `${what}-expired`, expiredAtMs: token.expiresAtMs ?? undefined });
    }
  }

  #issue(family: Family, spent: TokenRecord | undefined, options: IssueOptions): IssuedTokens {
    const { next, scopes } = options;
    const access = this.#access(family, scopes, next?.lifetimeSeconds);
    const refresh = this.#withoutRefresh(scopes, options) ? undefined : this.#refreshFor(family, spent, options);
    return this.#issued(access, refresh, next);
  }

  #withoutRefresh(scopes: string[], { next, fault }: IssueOptions): boolean {
    const { requiredScope } = this.#world.profile.refresh;
    if (this.rotation() === 'none' || next?.omitRefreshToken === true || fault?.kind === 'no_refresh_token')
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
      person: this.personOf(access),
      family: this.familyOf(access),
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
