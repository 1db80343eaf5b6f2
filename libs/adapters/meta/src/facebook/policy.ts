import { days, hours, type PolicyData } from '@mooring/contracts';
import type { PushNotice } from '@mooring/adapters-core';

/**
 * Lifecycle L-13 and L-14. There is no refresh token: the person's token is exchanged anew while it lives, and Meta doesn't
 * promise that this extends it: one that it didn't extend is due still, and is tried again a day later, not at once. Meta
 * doesn't tell of dead tokens either and asks for a check a day. `debug_token` names every end; without one a token has none.
 */
export const FACEBOOK_POLICY: PolicyData = {
  refreshKind: 'reexchange',
  refreshLeadMs: days(7),
  refreshAtLifeFraction: null,
  refreshMinimumAgeMs: hours(24),
  inspectEveryMs: hours(24),
};

export const FACEBOOK_NOTICES: readonly PushNotice[] = [
  { callback: 'deauthorize', kind: 'deauthorized', means: 'the person removed the app: every token may be dead' },
  { callback: 'data-deletion', kind: 'data_deletion', means: 'the person asks that what is known of them be deleted' },
  { callback: 'permissions', kind: 'permissions_changed', means: 'a permission was granted or taken away' },
];
