import type { GrantTokens, IssuedToken } from '@mooring/adapters-core';
import { confirmed } from '../graph/confirmed.ts';
import type { PersonTokens } from './exchange.ts';
import type { TokenFacts } from './token-facts.ts';

/**
 * A renewal never shortens: where Meta answers with a token that lapses earlier, the one in hand is kept. Nor does it end a
 * consent by itself: of a refusal, or of a new token that is none, `debug_token` says what it means for the one in hand.
 */
export async function renew(persons: PersonTokens, facts: TokenFacts, tokens: GrantTokens): Promise<GrantTokens> {
  const { value } = tokens.access;
  try {
    const { token } = await persons.exchange(value);
    return { access: lapsesEarlier(token, tokens.access) ? tokens.access : token, refresh: null };
  } catch (error) {
    throw await confirmed(error, () => demandLife(facts, value));
  }
}

/** Throws why a token is dead; what it may do is not asked here. */
async function demandLife(facts: TokenFacts, token: IssuedToken['value']): Promise<void> {
  const known = await facts.debug(token);
  const failure = known.is_valid ? null : facts.whyDead(known, { type: 'USER' });
  if (failure) throw failure;
}

function lapsesEarlier(token: IssuedToken, than: IssuedToken): boolean {
  if (token.expiresAt === null) return false;
  return than.expiresAt === null || token.expiresAt.getTime() < than.expiresAt.getTime();
}
