import { type Consent, type GrantTokens, type IssuedToken, PlatformFailure, readToken } from '@mooring/adapters-core';
import type { Graph } from './graph.ts';
import { dataAccessEndOf, type Inspection, instantOf } from './inspection.ts';
import { type DebugToken, PersonAnswer, TokenAnswer } from './schemas.ts';

/** The long-lived token of a person: made from the code exchange's, and exchanged anew while it lives. */
export class PersonTokens {
  constructor(
    private readonly graph: Graph,
    private readonly inspection: Inspection,
    private readonly urls: { readonly tokenUrl: string; readonly meUrl: string },
  ) {}

  async establish(shortLived: IssuedToken['value']): Promise<Consent> {
    const { token, facts } = await this.#exchange(shortLived);
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
      subjectName: me.name?.trim() || null,
      grantedScopes: [...new Set(facts.scopes ?? [])],
      tokens: { access: token, refresh: null },
    };
  }

  /** A renewal never shortens: where Meta answers with a token that lapses earlier, the one in hand is kept. */
  async renew(tokens: GrantTokens): Promise<GrantTokens> {
    const { token } = await this.#exchange(tokens.access.value);
    return { access: lapsesEarlier(token, tokens.access) ? tokens.access : token, refresh: null };
  }

  /** `expires_in` may be absent or wrong: the clocks are asked of `debug_token`, and 0 there means none. */
  async #exchange(from: IssuedToken['value']): Promise<{ token: IssuedToken; facts: DebugToken }> {
    const answer = await this.graph.exchange(
      { grant_type: 'fb_exchange_token', fb_exchange_token: from.reveal() },
      { url: this.urls.tokenUrl, schema: TokenAnswer, what: 'exchange' },
    );
    const value = readToken(answer.access_token, 'exchange');
    const facts = await this.inspection.demand(value, { type: 'USER' });
    const token: IssuedToken = {
      value,
      issuedAt: instantOf(facts.issued_at),
      expiresAt: instantOf(facts.expires_at),
      dataAccessExpiresAt: dataAccessEndOf(facts, facts.scopes ?? []),
    };
    return { token, facts };
  }
}

function lapsesEarlier(token: IssuedToken, than: IssuedToken): boolean {
  if (token.expiresAt === null) return false;
  return than.expiresAt === null || token.expiresAt.getTime() < than.expiresAt.getTime();
}
