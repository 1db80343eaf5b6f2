import type { ConnectionKind, ScopesByCapability } from '@mooring/contracts';

/** What publishing to a Page needs. */
export const REQUIRED_SCOPES = ['pages_show_list', 'pages_manage_posts', 'pages_read_engagement'] as const;

/** What publishing to the Instagram account behind a Page needs. */
const INSTAGRAM_SCOPES = [
  'instagram_basic',
  'instagram_content_publish',
  'pages_show_list',
  'pages_read_engagement',
] as const;

/** Either shows ad accounts and pixels; the first is what is asked for. */
const ADS_SCOPES = ['ads_read', 'ads_management'] as const;

/**
 * What is asked for by default: beside publishing, Pages that only a business portfolio gives access to, insights, the Page's
 * webhooks, the Instagram accounts behind the Pages, and a look at ad accounts.
 */
export const ASKED_SCOPES = [
  ...REQUIRED_SCOPES,
  'business_management',
  'read_insights',
  'pages_manage_metadata',
  'instagram_basic',
  'instagram_content_publish',
  'ads_read',
] as const;

const ADS: ScopesByCapability = { analytics: ['ads_read'], ads: ['ads_management'] };

/** Permissions by kind and capability (permissions reference). */
export const FACEBOOK_CAPABILITIES = {
  facebook_page: {
    publish: REQUIRED_SCOPES,
    analytics: ['read_insights', 'pages_read_engagement'],
    messages: ['pages_messaging', 'pages_manage_metadata'],
    ads: ['ads_management'],
    comments: ['pages_manage_engagement', 'pages_read_user_content'],
  },
  instagram_page_account: {
    publish: INSTAGRAM_SCOPES,
    analytics: ['instagram_basic', 'instagram_manage_insights', 'pages_show_list', 'pages_read_engagement'],
    messages: ['instagram_basic', 'instagram_manage_messages', 'pages_manage_metadata'],
    ads: ['ads_management'],
    comments: ['instagram_basic', 'instagram_manage_comments', 'pages_show_list', 'pages_read_engagement'],
  },
  meta_ad_account: ADS,
  meta_pixel: ADS,
} as const satisfies Readonly<Record<ConnectionKind, ScopesByCapability>>;

/** A kind of account that consent at Facebook leads to. */
export type FacebookKind = keyof typeof FACEBOOK_CAPABILITIES;

export const FACEBOOK_KINDS = Object.keys(FACEBOOK_CAPABILITIES) as FacebookKind[];

/** What a connection of a kind can't do without: publishing, or for ads a look at them. */
export function requiredScopesOf(kind: ConnectionKind): readonly string[] {
  const needs: ScopesByCapability | undefined = FACEBOOK_CAPABILITIES[kind as FacebookKind];
  return needs?.publish ?? needs?.analytics ?? REQUIRED_SCOPES;
}

/** Scopes of {@link requiredScopesOf} that are not among the granted ones. Managing ads implies a look at them. */
export function missingScopesOf(kind: ConnectionKind, granted: readonly string[]): string[] {
  if (isAboutAds(kind) && seesAds(granted)) return [];
  return requiredScopesOf(kind).filter((scope) => !granted.includes(scope));
}

/** True where a permission that shows ad accounts is among these. */
export function seesAds(scopes: readonly string[]): boolean {
  return ADS_SCOPES.some((scope) => scopes.includes(scope));
}

/** True where everything that an Instagram account behind a Page needs is among these. */
export function seesInstagram(scopes: readonly string[]): boolean {
  return INSTAGRAM_SCOPES.every((scope) => scopes.includes(scope));
}

/** True for what is used with the person's own token. */
export function isAboutAds(kind: ConnectionKind): boolean {
  return kind === 'meta_ad_account' || kind === 'meta_pixel';
}
