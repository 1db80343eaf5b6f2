import type { Reason } from '@mooring/contracts';

/** What a person needs (L-07). X offers no way to make it ask which account is meant (C58). */
export const X_REQUIREMENTS: readonly string[] = [
  'You are signed in at x.com as the account that you want to connect.',
  'You may be signed in as someone else: X does not ask which account you mean and takes the one that is signed in. Check the name on its page; to connect another account, switch accounts at x.com first.',
  'X has no list to tick: you allow everything or nothing.',
];

export const MANAGE_ACCESS_AT =
  'X: Settings and privacy → Security and account access → Apps and sessions → Connected apps';

/** What to do at X for a reason (L-15). */
export const X_GUIDANCE: Readonly<Partial<Record<Reason, string>>> = {
  unknown:
    'X does not say why. Often the app was removed under Connected apps, or the password was changed. Sign in at x.com as this account and connect again.',
  removed_in_settings:
    'The app was removed under Connected apps at X. Sign in at x.com as this account and connect again.',
  permission_removed: 'Connect again as this account and allow everything that X lists.',
  account_suspended:
    'Sign in at x.com: X shows there why the account is suspended and how to appeal. Connect again once it is open.',
  security_check: 'Sign in at x.com as this account and do what X asks for; access then goes on by itself.',
  platform_policy: 'X refused a post, not the connection. Change the post, or try again later.',
  token_lapsed:
    'Access at X lasts two hours and could not be renewed. Sign in at x.com as this account and connect again.',
  refresh_failed: 'X refused to renew the access several times. Sign in at x.com as this account and connect again.',
  refresh_answer_lost:
    'X renewed the access, but its answer got lost on the way, and X gives it only once. Connect again: nothing is wrong with the account.',
};
