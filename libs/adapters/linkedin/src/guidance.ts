import type { Reason } from '@mooring/contracts';

/** Shown before leaving for LinkedIn (L-07). */
export const LINKEDIN_REQUIREMENTS: readonly string[] = [
  'You are a super admin, content admin or sponsored content poster of the Company Page: lesser roles are shown but can’t be chosen.',
  'LinkedIn asks for everything at once: single permissions can’t be unticked.',
  'LinkedIn may have you signed in as someone else, and asks nothing if you agreed before: check who you are at linkedin.com.',
];

/** Where a member takes access away. */
export const MANAGE_ACCESS_AT = 'LinkedIn: Settings & Privacy → Data privacy → Other applications → Permitted services';

/** What to do at LinkedIn, by reason (L-15). */
export const LINKEDIN_GUIDANCE: Readonly<Partial<Record<Reason, string>>> = {
  removed_in_settings:
    'Access was taken away under Settings & Privacy → Permitted services, or LinkedIn ended it. Reconnect and allow it again.',
  token_lapsed:
    'LinkedIn grants access for 60 days, and for a year at most without asking again. Reconnect: signed in at LinkedIn, it takes one click.',
  role_lost:
    'Ask a super admin of the Page to make you content admin or super admin again (Page → Settings → Manage admins). Then check now: nothing needs reconnecting.',
  permission_removed:
    'LinkedIn no longer lets this access manage the Page. Reconnect and allow everything that LinkedIn lists.',
  refresh_failed: 'LinkedIn did not renew the access after several attempts. Reconnect.',
  unknown:
    'LinkedIn no longer accepts the access; it may have been replaced by another consent or ended by LinkedIn. Reconnect.',
};
