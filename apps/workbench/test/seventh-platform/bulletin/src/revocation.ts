import { type GrantTokens, PlatformFailure } from '@mooring/adapters-core';
import type { BulletinCalls } from './calls.ts';

/** Takes the consent back; one that is gone already is what was wanted. */
export async function revoke(calls: BulletinCalls, tokens: GrantTokens | null): Promise<'revoked' | 'unsupported'> {
  if (!tokens) return 'unsupported';
  try {
    await calls.revoke((tokens.refresh ?? tokens.access).value);
  } catch (error) {
    if (!(error instanceof PlatformFailure) || error.class !== 'reauthorization_required') throw error;
  }
  return 'revoked';
}
