import {
  type GrantTokens,
  type IssuedToken,
  isUsableToken,
  PlatformFailure,
  readBearerAnswer,
} from '@mooring/adapters-core';
import { Secret, seconds } from '@mooring/contracts';
import type { AppCalls } from './calls.ts';
import { REFRESH_LIFE_SECONDS_MIN } from './exchange.ts';
import { TokenAnswer } from './schemas.ts';

/** Renews access tokens with a refresh token that stays as it is (programmatic-refresh-tokens). */
export class Renewal {
  readonly #app: AppCalls;
  readonly #tokenUrl: string;
  readonly #now: () => Date;

  constructor(dependencies: { app: AppCalls; tokenUrl: string; now: () => Date }) {
    this.#app = dependencies.app;
    this.#tokenUrl = dependencies.tokenUrl;
    this.#now = dependencies.now;
  }

  /** Without a refresh token there is nothing to renew with: the tokens stay as they are, and LinkedIn isn't asked. */
  async renew(tokens: GrantTokens): Promise<GrantTokens> {
    const { refresh } = tokens;
    if (!refresh) return tokens;
    const form = { grant_type: 'refresh_token', refresh_token: refresh.value.reveal() };
    const call = { url: this.#tokenUrl, schema: TokenAnswer, what: 'refresh' };
    const answer = await this.#app.post(form, call).catch((error: unknown) => {
      throw isLapsed(refresh, this.#now()) ? asLapsed(error) : error;
    });
    const fresh = readBearerAnswer(answer);
    const now = this.#now();
    const after = (life: number | null) => (life === null ? null : new Date(now.getTime() + seconds(life)));
    return {
      access: {
        value: fresh.accessToken,
        issuedAt: now,
        expiresAt: after(fresh.expiresInSeconds),
        dataAccessExpiresAt: null,
      },
      refresh: this.#refreshToken(refresh, { answer, expiresAt: after(fresh.refreshExpiresInSeconds) }),
    };
  }

  /**
   * The same refresh token comes back with the life that is left to it. A blank one, or none, leaves the stored one in place
   * (C10); so does a life whose unit was not known from the beginning.
   */
  #refreshToken(
    old: IssuedToken,
    { answer, expiresAt }: { answer: Readonly<Record<string, unknown>>; expiresAt: Date | null },
  ): IssuedToken {
    const given = answer['refresh_token'];
    const value = isUsableToken(given) ? new Secret(given) : old.value;
    const isSame = value.reveal() === old.value.reveal();
    const leftSeconds = expiresAt ? (expiresAt.getTime() - this.#now().getTime()) / 1_000 : 0;
    const isKnown = expiresAt !== null && (old.expiresAt !== null || leftSeconds >= REFRESH_LIFE_SECONDS_MIN);
    return {
      value,
      issuedAt: isSame ? old.issuedAt : this.#now(),
      expiresAt: isKnown ? expiresAt : old.expiresAt,
      dataAccessExpiresAt: null,
    };
  }
}

function isLapsed({ expiresAt }: IssuedToken, now: Date): boolean {
  return expiresAt !== null && expiresAt <= now;
}

/** LinkedIn refuses a refresh token that is over with the words for any dead one; we know the date. */
function asLapsed(error: unknown): unknown {
  if (!(error instanceof PlatformFailure) || error.class !== 'reauthorization_required') return error;
  const { platformCode, message: detail } = error;
  return new PlatformFailure({ class: 'reauthorization_required', reason: 'token_lapsed', platformCode, detail });
}
