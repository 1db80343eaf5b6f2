import type { Action } from '@mooring/contracts';

/** What to do, in a sentence, where the platform's adapter has no words of its own for the reason. */
export const GENERIC_GUIDANCE: Readonly<Record<Action, string>> = {
  reconnect:
    'Reconnect the account and agree at {Platform} once more. Before you do, check that you are signed in there as the person who manages it.',
  grant_permissions: 'Reconnect the account and leave every permission ticked that {Platform} lists.',
  restore_role:
    'Have your role on the account raised at {Platform}, or let somebody who has full control of it reconnect.',
  open_platform: 'Open {Platform}, finish what it asks of you there, then check the account here.',
  contact_support:
    'Sign in to {Platform} and follow what it says about the account; if it is in order there, reconnect it here.',
};
