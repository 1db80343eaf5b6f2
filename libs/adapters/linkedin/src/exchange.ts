import {
  type Consent,
  type ExchangedTokens,
  type IssuedToken,
  PlatformFailure,
  readBearerAnswer,
} from '@mooring/adapters-core';
import { seconds } from '@mooring/contracts';
import type { Api } from './calls.ts';
import type { LinkedInEndpoints } from './endpoints.ts';
import type { Introspection, TokenFacts } from './introspection.ts';
import { MeAnswer, UserinfoAnswer } from './schemas.ts';

/**
 * A refresh token lives 365 days from its issue. LinkedIn's own sample says 525600, which is that in minutes: a life of less
 * than 24 days at issue is no number of seconds, and taken for unknown.
 */
export const REFRESH_LIFE_SECONDS_MIN = 2_000_000;

interface Subject {
  readonly subjectId: string;
  readonly subjectName: string | null;
}

/**
 * Reads the code exchange's answer. No refresh token is normal: only apps that LinkedIn has approved for it get one (C13).
 * Throws PlatformFailure.
 */
export function readTokenAnswer(answer: Readonly<Record<string, unknown>>): ExchangedTokens {
  const tokens = readBearerAnswer(answer);
  const life = tokens.refreshExpiresInSeconds;
  return { ...tokens, refreshExpiresInSeconds: life !== null && life < REFRESH_LIFE_SECONDS_MIN ? null : life };
}

/** Reads who consented to what. */
export class Consents {
  readonly #api: Api;
  readonly #introspection: Introspection;
  readonly #urls: Pick<LinkedInEndpoints, 'userinfoUrl' | 'meUrl'>;
  readonly #now: () => Date;

  constructor(dependencies: {
    api: Api;
    introspection: Introspection;
    urls: Pick<LinkedInEndpoints, 'userinfoUrl' | 'meUrl'>;
    now: () => Date;
  }) {
    this.#api = dependencies.api;
    this.#introspection = dependencies.introspection;
    this.#urls = dependencies.urls;
    this.#now = dependencies.now;
  }

  async establish(tokens: ExchangedTokens): Promise<Consent> {
    const issuedAt = this.#now();
    const after = (life: number | null) => (life === null ? null : new Date(issuedAt.getTime() + seconds(life)));
    const facts = await this.#whatIsMissing(tokens);
    const grantedScopes = [...new Set(tokens.grantedScopes ?? facts?.grantedScopes ?? [])];
    const access: IssuedToken = {
      value: tokens.accessToken,
      issuedAt,
      expiresAt: after(tokens.expiresInSeconds) ?? facts?.expiresAt ?? null,
      dataAccessExpiresAt: null,
    };
    const refresh: IssuedToken | null = tokens.refreshToken && {
      value: tokens.refreshToken,
      issuedAt,
      expiresAt: after(tokens.refreshExpiresInSeconds),
      dataAccessExpiresAt: null,
    };
    return { ...(await this.#subjectOf(access, grantedScopes)), grantedScopes, tokens: { access, refresh } };
  }

  /** What the token endpoint left out is asked of the introspection. */
  async #whatIsMissing(tokens: ExchangedTokens): Promise<TokenFacts | null> {
    const isComplete = tokens.grantedScopes !== null && tokens.expiresInSeconds !== null;
    return isComplete ? null : this.#introspection.ask(tokens.accessToken);
  }

  /** The person, never more than id and name; which scope tells depends on the products of the app. */
  async #subjectOf({ value, issuedAt }: IssuedToken, scopes: readonly string[]): Promise<Subject> {
    if (scopes.includes('openid')) {
      const call = { url: this.#urls.userinfoUrl, schema: UserinfoAnswer, what: 'userinfo', issuedAt };
      const { sub, name } = await this.#api.get(value, call);
      return { subjectId: sub, subjectName: name?.trim() || null };
    }
    if (scopes.includes('r_basicprofile')) {
      const me = await this.#api.get(value, { url: this.#urls.meUrl, schema: MeAnswer, what: 'me', issuedAt });
      const name = [me.localizedFirstName, me.localizedLastName].filter(Boolean).join(' ').trim();
      return { subjectId: me.id, subjectName: name || null };
    }
    throw new PlatformFailure({ class: 'unexpected', detail: 'no granted scope tells who consented' });
  }
}
