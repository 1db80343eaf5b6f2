import type { Secret } from '@mooring/contracts';
import { REQUIRED_SCOPES } from './scopes.ts';

/** The operator's app at TikTok, and where TikTok is. */
export interface TikTokSettings {
  readonly clientKey: string;
  readonly clientSecret: Secret;
  /** `https://www.tiktok.com` but in tests. */
  readonly authUrl: string;
  /** `https://open.tiktokapis.com` but in tests. */
  readonly apiUrl: string;
  /** `none` or `hex`. */
  readonly pkce: string;
  /** Asked for at consent; ASKED_SCOPES by default. Must hold those that publishing needs. */
  readonly scopes?: readonly string[];
}

const SCOPE = /^[a-z]+(?:\.[a-z_]+){1,4}$/;

/** @throws RangeError naming the setting, never its value */
export function checkTikTokSettings({ clientKey, authUrl, apiUrl, pkce, scopes }: TikTokSettings): void {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(clientKey)) throw new RangeError('TIKTOK_CLIENT_KEY must be letters and digits');
  for (const [name, url] of [
    ['TIKTOK_AUTH_URL', authUrl],
    ['TIKTOK_API_URL', apiUrl],
  ] as const) {
    if (!URL.canParse(url)) throw new RangeError(`${name} must be an absolute URL`);
  }
  if (pkce !== 'none' && pkce !== 'hex') throw new RangeError('TIKTOK_PKCE must be none or hex');
  if (!scopes) return;
  if (!scopes.every((scope) => SCOPE.test(scope)) || new Set(scopes).size !== scopes.length) {
    throw new RangeError('TIKTOK_SCOPES must be scopes such as video.publish, each once');
  }
  const missing = REQUIRED_SCOPES.filter((scope) => !scopes.includes(scope));
  if (missing.length > 0) throw new RangeError(`TIKTOK_SCOPES must hold ${missing.join(', ')}`);
}
