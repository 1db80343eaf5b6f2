/** The platforms that Mooring knows by name. Which of them can be connected is the adapter registry's to say. */
export const PLATFORMS = ['facebook', 'instagram', 'linkedin', 'tiktok', 'x'] as const;
/** A platform's name as it stands in routes, events and tables. */
export type Platform = (typeof PLATFORMS)[number];

/** What is connected: the entity type is a part of an account's identity. */
export const CONNECTION_KINDS = [
  'facebook_page',
  'instagram_page_account',
  'instagram_account',
  'linkedin_organization',
  'tiktok_account',
  'x_account',
] as const;
/** One of {@link CONNECTION_KINDS}. */
export type ConnectionKind = (typeof CONNECTION_KINDS)[number];

/** How a platform and its accounts are named to people. */
export interface PlatformNames {
  readonly name: string;
  /** What one manages there, plural, as in "doesn't manage any Pages yet". */
  readonly accounts: string;
}

/** Display names by platform. */
export const PLATFORM_NAMES: Readonly<Record<Platform, PlatformNames>> = {
  facebook: { name: 'Facebook', accounts: 'Pages' },
  instagram: { name: 'Instagram', accounts: 'Instagram accounts' },
  linkedin: { name: 'LinkedIn', accounts: 'Company Pages' },
  tiktok: { name: 'TikTok', accounts: 'TikTok accounts' },
  x: { name: 'X', accounts: 'X accounts' },
};

/** True for a string that names a platform. */
export function isPlatform(value: unknown): value is Platform {
  return typeof value === 'string' && (PLATFORMS as readonly string[]).includes(value);
}
