import type { PlayedPerson } from './profile.ts';
import { verifies } from './pkce.ts';
import { OAuthRefusal, type RefusalReason } from './refusal.ts';
import type { Challenge, CodeRecord } from './state.ts';
import type { OAuthWorld } from './world.ts';

const CODES_MAX = 20_000;

export interface Consent {
  person: PlayedPerson;
  scopes: string[];
  redirectUri: string;
  challenge?: Challenge;
}

export interface Redemption {
  code: string;
  redirectUri: string | undefined;
  verifier: string | undefined;
}

/** Authorization codes: short-lived, used once, bound to the redirect URI and to the PKCE challenge. */
export class CodeBook {
  readonly #world: OAuthWorld;

  constructor(world: OAuthWorld) {
    this.#world = world;
  }

  issue({ person, scopes, redirectUri, challenge }: Consent): CodeRecord {
    const { state, mint, clock, profile } = this.#world;
    const record: CodeRecord = {
      value: mint.mint(profile.code.prefix, profile.code.length),
      personId: person.id,
      redirectUri,
      scopes,
      ...(challenge === undefined ? {} : { challenge }),
      issuedAtMs: clock.nowMs(),
      used: false,
    };
    state.codes.push(record);
    if (state.codes.length > CODES_MAX) state.codes.shift();
    this.#world.changed();
    return record;
  }

  /** Uses a code up. A code that is used again is refused. Throws OAuthRefusal. */
  redeem(redemption: Redemption): CodeRecord {
    const code = this.#world.state.codes.findLast((candidate) => candidate.value === redemption.code);
    const problem = this.#problem(code, redemption);
    if (problem !== undefined || code === undefined) throw new OAuthRefusal({ reason: problem ?? 'code-unknown' });
    code.used = true;
    this.#world.changed();
    return code;
  }

  #problem(code: CodeRecord | undefined, { redirectUri, verifier }: Redemption): RefusalReason | undefined {
    if (code === undefined) return 'code-unknown';
    if (code.used) return 'code-used';
    if (code.issuedAtMs + this.#world.profile.code.lifetimeMs <= this.#world.clock.nowMs()) return 'code-expired';
    if (code.redirectUri !== redirectUri) return 'code-redirect';
    if (code.challenge !== undefined && !verifies(code.challenge, verifier)) return 'code-verifier';
    return undefined;
  }
}
