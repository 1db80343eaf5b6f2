import type { Fault } from '../faults/fault-box.ts';
import { TokenIssuer, type IssuedTokens, type IssueOptions } from './issuer.ts';
import type { PlayedPerson } from './profile.ts';
import { OAuthRefusal } from './refusal.ts';
import { rotationOf } from './rotation.ts';
import type { End, Family, TokenRecord } from './state.ts';
import { TokenIndex } from './token-index.ts';
import type { OAuthWorld } from './world.ts';

/** Families of tokens: issues, rotates, ends them, and says whether one still holds. */
export class GrantBook {
  readonly #world: OAuthWorld;
  readonly #tokens: TokenIndex;
  readonly #issuer: TokenIssuer;

  constructor(world: OAuthWorld) {
    this.#world = world;
    this.#tokens = new TokenIndex(world);
    this.#issuer = new TokenIssuer(world, this.#tokens);
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
    return this.#issuer.issue(family, undefined, options);
  }

  /** `grant_type=refresh_token`. A spent token that comes again is refused; with strict rotation its whole family ends. */
  refresh(value: string, fault?: Fault): IssuedTokens {
    const token = this.find(value, 'refresh');
    if (token === undefined) throw new OAuthRefusal({ reason: 'refresh-unknown' });
    const rotation = rotationOf(this.#world);
    if (fault?.kind === 'family_revoked' || (token.spent === true && rotation === 'strict')) {
      this.endFamily(token.familyId, { reason: 'reuse', by: 'app' });
      throw new OAuthRefusal({ reason: 'refresh-spent' });
    }
    if (token.spent === true) throw new OAuthRefusal({ reason: 'refresh-spent' });
    this.#requireLive(token, 'refresh');
    const family = this.familyOf(token);
    family.rotations += 1;
    if (rotation !== 'reusable') token.spent = true;
    return this.#issuer.issue(family, token, {
      scopes: token.scopes,
      next: this.#world.takeNextToken('refresh'),
      fault,
    });
  }

  /** Adds an access token to the family of another: long for short, or an extended one. */
  exchange(token: TokenRecord, lifetimeSeconds: number): IssuedTokens {
    return this.#issuer.add(this.familyOf(token), token.scopes, lifetimeSeconds);
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
}
