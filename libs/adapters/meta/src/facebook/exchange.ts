import type { Secret } from '@mooring/contracts';
import {
  type Consent,
  type ExchangedTokens,
  type IssuedToken,
  PlatformFailure,
  readToken,
} from '@mooring/adapters-core';
import { nameOf } from '../graph/presentation.ts';
import type { FacebookEndpoints } from './endpoints.ts';
import { type Graph, unlessRefused } from './graph.ts';
import { scopesOf } from './granted-scopes.ts';
import { type DebugToken, PermissionsAnswer, PersonAnswer, TokenAnswer } from './schemas.ts';
import { instantOf, type TokenFacts } from './token-facts.ts';

/** A person's token with what Meta says of it. */
export interface KnownToken {
  readonly token: IssuedToken;
  readonly facts: DebugToken;
}

/** The long-lived token of a person: made from the code exchange's, and exchanged anew while it lives. */
export class PersonTokens {
  constructor(
    private readonly graph: Graph,
    private readonly facts: TokenFacts,
    private readonly urls: Pick<FacebookEndpoints, 'tokenUrl' | 'meUrl' | 'permissionsUrl'>,
  ) {}

  /**
   * The code exchange's token lives about an hour; Page tokens that are fetched with it would die with it, so it is exchanged
   * first. What else the answer said is not believed: `expires_in` may be absent, and scopes are those of `debug_token`.
   */
  async establish({ accessToken }: Pick<ExchangedTokens, 'accessToken'>): Promise<Consent> {
    const { token, facts } = await this.exchange(accessToken);
    const query = { fields: 'id,name' };
    const me = await this.graph.read(token.value, { url: this.urls.meUrl, query, schema: PersonAnswer, what: 'me' });
    if (String(me.id) !== String(facts.user_id)) {
      throw new PlatformFailure({
        class: 'unexpected',
        detail: 'the token is of another person than the platform says',
      });
    }
    return {
      subjectId: String(me.id),
      subjectName: nameOf(me.name),
      grantedScopes: await this.#granted(token.value, scopesOf(facts)),
      tokens: { access: token, refresh: null },
    };
  }

  /** Without those that `/me/permissions` calls declined or expired: unused for 90 days a permission lapses by itself. */
  async #granted(token: Secret, scopes: string[]): Promise<string[]> {
    const call = { url: this.urls.permissionsUrl, schema: PermissionsAnswer, what: 'permissions' };
    const answer = await unlessRefused(this.graph.read(token, call), { data: [] });
    const off = new Set(answer.data.filter(({ status }) => status !== 'granted').map(({ permission }) => permission));
    return scopes.filter((scope) => !off.has(scope));
  }

  /**
   * Exchanges a person's token for a long-lived one. `expires_in` may be absent or wrong: the clocks are asked of `debug_token`,
   * and 0 there means none. Nothing that is used with a person's token ends with the period of data access.
   */
  async exchange(from: IssuedToken['value']): Promise<KnownToken> {
    const answer = await this.graph.exchange(
      { grant_type: 'fb_exchange_token', fb_exchange_token: from.reveal() },
      { url: this.urls.tokenUrl, schema: TokenAnswer, what: 'exchange' },
    );
    const value = readToken(answer.access_token, 'exchange');
    const facts = await this.facts.demand(value, { type: 'USER' });
    const [issuedAt, expiresAt] = [instantOf(facts.issued_at), instantOf(facts.expires_at)];
    return { token: { value, issuedAt, expiresAt, dataAccessExpiresAt: null }, facts };
  }
}
