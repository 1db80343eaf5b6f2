import type { Secret } from '@mooring/contracts';
import { ASKED_SCOPES, IDENTITY_SCOPES, REQUIRED_SCOPES } from './scopes.ts';

/** The operator's app at LinkedIn, and where LinkedIn is. */
export interface LinkedInSettings {
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** Month of the versioned API, as `202608`. LinkedIn retires a version after about a year. */
  readonly version: string;
  /** `https://www.linkedin.com` but in tests. */
  readonly authUrl: string;
  /** `https://api.linkedin.com` but in tests. */
  readonly apiUrl: string;
  /** Asked for at every consent; {@link ASKED_SCOPES} by default. */
  readonly scopes?: readonly string[];
}

/** How far lists are read for one person. */
export const DISCOVERY_BOUNDS = {
  /** Rows in one portion of a person's roles; the most that LinkedIn gives. */
  rowsPerPortion: 100,
  portionsMax: 20,
  /** Names asked for in one call; keeps the address short. */
  namesPerCall: 50,
  concurrency: 2,
} as const;

/** The scopes that are asked for, each once; always the same for everybody. */
export function scopesOf(settings: LinkedInSettings): readonly string[] {
  return [...new Set(settings.scopes ?? ASKED_SCOPES)];
}

/** @throws RangeError naming the setting, never its value */
export function checkLinkedInSettings(settings: LinkedInSettings): void {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(settings.clientId))
    throw new RangeError('LINKEDIN_CLIENT_ID must be letters and digits');
  if (!/^20\d\d(?:0[1-9]|1[0-2])$/.test(settings.version))
    throw new RangeError('LINKEDIN_VERSION must look like 202608');
  const addresses = { LINKEDIN_AUTH_URL: settings.authUrl, LINKEDIN_API_URL: settings.apiUrl };
  for (const [name, url] of Object.entries(addresses)) {
    if (!URL.canParse(url)) throw new RangeError(`${name} must be an absolute URL`);
  }
  const asked = scopesOf(settings);
  const missing = REQUIRED_SCOPES.filter((scope) => !asked.includes(scope));
  if (missing.length > 0) throw new RangeError(`LINKEDIN_SCOPES must hold ${missing.join(', ')}`);
  if (!IDENTITY_SCOPES.some((scope) => asked.includes(scope))) {
    throw new RangeError(`LINKEDIN_SCOPES must hold ${IDENTITY_SCOPES.join(' or ')}, or nobody knows who consented`);
  }
}
