import type { GrantTokens, IssuedToken } from '@mooring/adapters-core';
import type { PersonTokens } from './exchange.ts';

/** A renewal never shortens: where Meta answers with a token that lapses earlier, the one in hand is kept. */
export async function renew(persons: PersonTokens, tokens: GrantTokens): Promise<GrantTokens> {
  const { token } = await persons.exchange(tokens.access.value);
  return { access: lapsesEarlier(token, tokens.access) ? tokens.access : token, refresh: null };
}

function lapsesEarlier(token: IssuedToken, than: IssuedToken): boolean {
  if (token.expiresAt === null) return false;
  return than.expiresAt === null || token.expiresAt.getTime() < than.expiresAt.getTime();
}
