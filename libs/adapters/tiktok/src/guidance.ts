import type { Reason } from '@mooring/contracts';

/** L-07. */
export const TIKTOK_REQUIREMENTS: readonly string[] = [
  'You are signed in at TikTok with the account that is to be connected: TikTok may have you signed in as someone else.',
  'Leave “post content to TikTok” ticked: without it nothing can be published.',
  'The account may post: it isn’t suspended, and its owner is old enough for TikTok.',
];

export const TIKTOK_MANAGE_ACCESS_AT =
  'TikTok: Settings and privacy → Security & permissions → Apps and services permissions';

/** L-15, in plain words, for every reason that TikTok's answers and notices can lead to. */
export const TIKTOK_GUIDANCE: Readonly<Partial<Record<Reason, string>>> = {
  removed_in_settings:
    'The app was removed in TikTok under Settings and privacy → Security & permissions. Reconnect, signed in with the same TikTok account.',
  permission_removed:
    'A permission was left unticked. Reconnect and leave everything ticked on TikTok’s page, above all posting content.',
  platform_policy:
    'TikTok ended the access because of its rules, for example after the account’s age was changed. Open TikTok, see what it asks for, then reconnect.',
  account_suspended:
    'TikTok says that the account was deleted or banned. Open TikTok and appeal there; reconnect once the account is back.',
  token_lapsed:
    'TikTok ends every access a fixed time after you allowed it, half a year or a year, however often it is used. Reconnect to begin anew.',
  refresh_failed: 'TikTok did not renew the access in several attempts. Reconnect.',
  refresh_answer_lost:
    'TikTok renewed the access, but its answer was lost on the way, and it gives it only once. Reconnect.',
  unknown:
    'TikTok no longer accepts the access and doesn’t say why. Most often the app was removed in TikTok’s settings. Reconnect, signed in with the same TikTok account.',
};
