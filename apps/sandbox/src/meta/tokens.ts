import { expiredMessage, invalidToken, sessionMessage, type GraphError } from './graph-error.ts';
import { personById, type FacebookPerson } from './people.ts';
import type { DeadToken, TokenRecord } from './state.ts';
import type { FacebookWorld, NextToken } from './world.ts';

/** What the documentation calls about two hours and about sixty days, as recorded. */
const SHORT_TOKEN_SECONDS = 5_177;
const LONG_TOKEN_SECONDS = 5_183_944;

const TOKEN_LENGTH = 196;
const TOKENS_MAX = 20_000;

export interface IssuedUserToken {
  record: TokenRecord;
  expiresInSeconds: number | undefined;
}

/** Issues Facebook's user and Page tokens and says whether one still holds. */
export class TokenBook {
  readonly #world: FacebookWorld;

  constructor(world: FacebookWorld) {
    this.#world = world;
  }

  find(value: string): TokenRecord | undefined {
    return this.#world.state.tokens.find((token) => token.value === value);
  }

  issueShort(person: FacebookPerson): IssuedUserToken {
    const next = this.#world.takeNextToken('code');
    const lifetimeSeconds = next?.lifetimeSeconds ?? SHORT_TOKEN_SECONDS;
    return this.#issueUser(person, false, this.#world.clock.nowMs() + lifetimeSeconds * 1000, next);
  }

  /** `fb_exchange_token`: a long-lived token; one made of a long-lived token gets a new expiry unless told otherwise. */
  exchange(token: TokenRecord): IssuedUserToken {
    const next = this.#world.takeNextToken('exchange');
    const lifetimeSeconds = next?.lifetimeSeconds ?? LONG_TOKEN_SECONDS;
    const keeps = next?.extends === false && token.longLived && token.expiresAtMs !== null;
    const expiresAtMs = keeps ? token.expiresAtMs : this.#world.clock.nowMs() + lifetimeSeconds * 1000;
    return this.#issueUser(this.personOf(token), true, expiresAtMs, next);
  }

  /** Bound to Page, person and app; lives as long as the user token it was read with, or for ever if that is long-lived. */
  pageToken(userToken: TokenRecord, pageId: string): TokenRecord {
    const known = this.#world.state.tokens.find(
      (token) => token.readWith === userToken.value && token.pageId === pageId && token.dead === undefined,
    );
    if (known !== undefined) return known;
    return this.#add({
      value: this.#world.mint.mint('EAAB', TOKEN_LENGTH),
      kind: 'page',
      personId: userToken.personId,
      pageId,
      longLived: userToken.longLived,
      issuedAtMs: this.#world.clock.nowMs(),
      expiresAtMs: userToken.longLived ? null : userToken.expiresAtMs,
      readWith: userToken.value,
    });
  }

  kill(person: FacebookPerson, dead: DeadToken, kinds: TokenRecord['kind'][] = ['user', 'page']): void {
    for (const token of this.#world.state.tokens) {
      if (token.personId === person.id && kinds.includes(token.kind)) token.dead ??= dead;
    }
    this.#world.changed();
  }

  /** Every token of the person runs out now. */
  expire(person: FacebookPerson): void {
    const nowMs = this.#world.clock.nowMs();
    for (const token of this.#world.state.tokens) {
      if (token.personId === person.id) token.expiresAtMs = Math.min(token.expiresAtMs ?? Infinity, nowMs);
    }
    this.#world.changed();
  }

  reviveKilledByControl(person: FacebookPerson): void {
    for (const token of this.#world.state.tokens) {
      if (token.personId === person.id && token.dead?.by === 'control') delete token.dead;
    }
    this.#world.changed();
  }

  personOf(token: TokenRecord): FacebookPerson {
    const person = personById(token.personId);
    if (person === undefined) throw new Error(`No such person: ${token.personId}`);
    return person;
  }

  /** Why Facebook refuses the token (code 190), or undefined where it holds. */
  refusal(token: TokenRecord): GraphError | undefined {
    const nowMs = this.#world.clock.nowMs();
    if (token.expiresAtMs !== null && token.expiresAtMs <= nowMs && token.dead === undefined) {
      return invalidToken(expiredMessage(token.expiresAtMs, nowMs), 463);
    }
    const subcode = this.#deadSubcode(token);
    return subcode === undefined ? undefined : invalidToken(sessionMessage(subcode, this.#world.app.clientId), subcode);
  }

  #deadSubcode(token: TokenRecord): number | undefined {
    if (token.dead !== undefined) return token.dead.subcode;
    const person = this.personOf(token);
    const state = this.#world.stateOf(person);
    if (state.checkpointed) return 459;
    if (state.unconfirmed) return 464;
    const lostRole = token.pageId !== undefined && this.#world.roleOn(person, token.pageId) === undefined;
    return lostRole ? 492 : undefined;
  }

  #issueUser(
    person: FacebookPerson,
    longLived: boolean,
    expiresAtMs: number | null,
    next: NextToken | undefined,
  ): IssuedUserToken {
    const nowMs = this.#world.clock.nowMs();
    const record = this.#add({
      value: this.#world.mint.mint('EAAB', TOKEN_LENGTH),
      kind: 'user',
      personId: person.id,
      longLived,
      issuedAtMs: nowMs,
      expiresAtMs,
    });
    const silent = next?.omitExpiresIn === true || expiresAtMs === null;
    return { record, expiresInSeconds: silent ? undefined : Math.round((expiresAtMs - nowMs) / 1000) };
  }

  #add(record: TokenRecord): TokenRecord {
    this.#world.state.tokens.push(record);
    if (this.#world.state.tokens.length > TOKENS_MAX) this.#world.state.tokens.shift();
    this.#world.changed();
    return record;
  }
}
