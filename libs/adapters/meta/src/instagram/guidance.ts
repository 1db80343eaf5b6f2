import type { Reason } from '@mooring/contracts';

/** What a person needs, shown before leaving for Instagram (L-07); the causes of a refused account (C52). */
export const INSTAGRAM_REQUIREMENTS: readonly string[] = [
  'Your Instagram account is a Business or Creator account: a personal one can’t be connected. You can switch in the Instagram app under Settings → Account type and tools.',
  'No Facebook Page is needed. If the account is linked to a Page, connecting it through Facebook works too.',
  'Leave every permission on that Instagram lists.',
  'Instagram may have you signed in with another account: check the name at the top of its dialog.',
];

/** Where a person manages what apps may do. */
export const INSTAGRAM_MANAGE_ACCESS_AT = 'Instagram: Settings → Website permissions → Apps and websites';

/** What to do at Instagram for each reason (L-15). */
export const INSTAGRAM_GUIDANCE: Readonly<Partial<Record<Reason, string>>> = {
  password_changed:
    'Instagram ends every app’s access when the password is changed. Reconnect with the same Instagram account.',
  security_check:
    'Open the Instagram app with this account and follow what it asks for there: confirming it was you, a phone number or an e-mail address. Then come back and choose "Check now".',
  removed_in_settings:
    'The app was removed under Website permissions → Apps and websites at Instagram. Reconnect to allow it again.',
  permission_removed: 'Reconnect and leave every permission on in Instagram’s dialog.',
  role_lost:
    'Whoever connected the account can no longer act for it. Reconnect, signed in at Instagram as the account itself.',
  inactivity: 'Reconnect: Instagram ended the access because it went unused.',
  platform_policy:
    'Instagram holds back what is published here for a while. Look under Settings → Account status in the Instagram app, wait until the restriction ends, and reconnect only if it says that access was ended.',
  token_lapsed:
    'Instagram’s access lasts 60 days and can’t be extended once they are over. Reconnect to begin anew; from then on it is extended by itself.',
  refresh_failed: 'Instagram would not extend the access. Reconnect to begin anew.',
  account_suspended:
    'Instagram has disabled or deleted the account. Follow what the Instagram app shows when you sign in; when the account is back, reconnect.',
  data_access_expired: 'Reconnect: the period for which Instagram shows the app this account’s data is over.',
  refresh_answer_lost: 'Reconnect: the last renewal at Instagram got lost on the way.',
  key_unavailable: 'Reconnect once your operator says so; nothing is wrong at Instagram.',
  unknown:
    'Reconnect. If it fails again, check that the account is still a Business or Creator account, remove the app under Apps and websites at Instagram and connect anew.',
};
