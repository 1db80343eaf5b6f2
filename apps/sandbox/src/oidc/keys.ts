import { exportJWK, generateKeyPair } from 'jose';
import { randomBytes } from 'node:crypto';
import type { JWK } from 'oidc-provider';
import type { OidcEntries } from './store.ts';

export interface OidcState {
  keys: JWK[];
  cookieKeys: string[];
  entries: OidcEntries;
}

export const emptyOidcState = (): OidcState => ({ keys: [], cookieKeys: [], entries: {} });

/** Signing and cookie keys: made once, kept with the state. */
export async function ensureKeys(state: OidcState, changed: () => void): Promise<void> {
  if (state.keys.length > 0) return;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = `sandbox-${randomBytes(6).toString('hex')}`;
  state.keys = [{ ...(await exportJWK(privateKey)), kty: 'RSA', kid, alg: 'RS256', use: 'sig' }];
  state.cookieKeys = [randomBytes(32).toString('base64url')];
  changed();
}
