import type { Reason } from '@mooring/contracts';

/** What a person needs, shown before leaving for Facebook (L-07), and the three causes of a missing Instagram account (C52). */
export const FACEBOOK_REQUIREMENTS: readonly string[] = [
  'You have full control of the Page, or at least its tasks "Content" and "Community activity".',
  'Tick every Page and every permission that Facebook lists: an unticked one can’t be connected.',
  'An Instagram account appears only if it is a Business or Creator account, is linked to one of your Pages, and is ticked too.',
  'Facebook may have you signed in as someone else: check the name at the top of its dialog.',
];

/** Where a person manages what apps may do. */
export const FACEBOOK_MANAGE_ACCESS_AT = 'Facebook: Settings & privacy → Settings → Business Integrations';

/** What to do at Facebook for each reason (L-15). */
export const FACEBOOK_GUIDANCE: Readonly<Partial<Record<Reason, string>>> = {
  password_changed:
    'Facebook ends every app’s access when a password is changed. Reconnect, signed in as the person who connected the account.',
  security_check:
    'Sign in at facebook.com as the person who connected the account and follow what Facebook asks for there: confirming the account, the identity, or a review. Then come back and choose "Check now".',
  removed_in_settings:
    'The app was removed under Business Integrations at Facebook, or the Instagram account was unlinked from its Page. Link it again in the Page’s settings where that is so, then reconnect.',
  permission_removed:
    'Reconnect and leave every Page and permission ticked in Facebook’s dialog; choose "Edit settings" there if it offers to go on as before. Facebook also lets a permission lapse that went unused for 90 days.',
  role_lost:
    'Ask somebody with full control of the Page or ad account to give you back its tasks "Content" and "Community activity" (Page settings → Page access, or Meta Business Suite → Settings → People), or let that person reconnect it. Reconnecting without the role changes nothing.',
  inactivity: 'Reconnect: Facebook ended the access because it went unused.',
  platform_policy:
    'Facebook holds back what is published here for a while. Look for a notice under Support Inbox or Page quality at Facebook, wait until the restriction ends, and reconnect only if it says that access was ended.',
  token_lapsed: 'Facebook’s access lasts about 60 days from the last consent. Reconnect to begin anew.',
  refresh_failed: 'Facebook would not extend the access. Reconnect to begin anew.',
  account_suspended:
    'Open Account Quality and, for an ad account, Billing at Facebook: the account is disabled, closed, or has something to be paid. Ask for a review there; when it is active again, choose "Check now".',
  data_access_expired:
    'Facebook shows an app the data of an Instagram account for 90 days after the person was last there. Reconnect and confirm the dialog to begin a new period.',
  refresh_answer_lost: 'Reconnect: the last renewal at Facebook got lost on the way.',
  key_unavailable: 'Reconnect once your operator says so; nothing is wrong at Facebook.',
  unknown:
    'Reconnect. If it fails again, look under Business Integrations at Facebook whether the app is still there, remove it and connect anew.',
};
