import type { ScopesByCapability } from '@mooring/contracts';

/** What publishing needs: who the account is, and posting directly. */
export const REQUIRED_SCOPES = ['user.info.basic', 'video.publish'] as const;

/** What is asked for by default: beside publishing the @name, figures and the posts that were made. */
export const ASKED_SCOPES = [...REQUIRED_SCOPES, 'user.info.profile', 'user.info.stats', 'video.list'] as const;

/** Needed to read an account's videos. */
export const POSTS_SCOPE = 'video.list';
/** Needed to post without the app. */
export const PUBLISH_SCOPE = 'video.publish';
/** Needed for `open_id`, name and picture. */
export const IDENTITY_SCOPE = 'user.info.basic';

/** developers.tiktok.com/doc/scopes-overview; messages, ads and comments can't be had by these APIs. */
export const TIKTOK_CAPABILITIES: Readonly<Record<string, ScopesByCapability>> = {
  tiktok_account: {
    publish: REQUIRED_SCOPES,
    analytics: ['user.info.stats', 'video.list'],
  },
};

/** Fields of `user/info` by the scope that opens them; one without its scope fails the whole call. */
const FIELDS_BY_SCOPE: readonly (readonly [scope: string, fields: readonly string[]])[] = [
  [IDENTITY_SCOPE, ['open_id', 'display_name', 'avatar_url']],
  ['user.info.profile', ['username']],
];

/** The fields of `user/info` that may be asked for with these scopes. */
export function userFieldsFor(granted: readonly string[]): string[] {
  return FIELDS_BY_SCOPE.flatMap(([scope, fields]) => (granted.includes(scope) ? fields : []));
}

/** What publishing needs and was not granted. */
export function missingOf(granted: readonly string[]): string[] {
  return REQUIRED_SCOPES.filter((scope) => !granted.includes(scope));
}
