import { type GrantTokens, type IssuedToken, PlatformFailure } from '@mooring/adapters-core';
import { FAILURE_RULES } from '@mooring/contracts';
import type { AppCalls } from './calls.ts';
import type { Introspection } from './introspection.ts';

/**
 * Takes a consent back by a call that LinkedIn doesn't document, though many clients make it: what it says is not believed,
 * the documented introspection is asked. Throws PlatformFailure where LinkedIn can't be reached, is out of order or doesn't
 * take the app's secret; `unsupported` where the token lives on.
 */
export async function revoke(
  parts: { readonly app: AppCalls; readonly introspection: Introspection; readonly revocationUrl: string },
  tokens: GrantTokens | null,
): Promise<'revoked' | 'unsupported'> {
  if (!tokens) return 'unsupported';
  const { access, refresh } = tokens;
  await order(parts, access);
  const { active } = await parts.introspection.ask(access.value);
  // Whether it dies with the access token nobody says, and no introspection tells of refresh tokens.
  if (refresh) await order(parts, refresh);
  return active ? 'unsupported' : 'revoked';
}

/** A refusal that says something of the token, or of the call, is left to the introspection to judge. */
async function order(
  { app, revocationUrl }: { readonly app: AppCalls; readonly revocationUrl: string },
  { value }: IssuedToken,
): Promise<void> {
  try {
    await app.order({ token: value.reveal() }, revocationUrl);
  } catch (error) {
    const isRefusal =
      error instanceof PlatformFailure && (FAILURE_RULES[error.class].final || error.class === 'unexpected');
    if (!isRefusal) throw error;
  }
}
