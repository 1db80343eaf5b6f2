import { days, hours, type PolicyData } from '@mooring/contracts';
import type { PushNotice } from '@mooring/adapters-core';

/**
 * Lifecycle L-13 and L-14. The access token itself is exchanged for a new one: not in its first 24 hours, and never again once
 * its 60 days are over. There is no grace, so that it is begun early enough to try again for two weeks, and well before where
 * the answer named no end: nothing but a renewal tells one.
 */
export const INSTAGRAM_POLICY: PolicyData = {
  refreshKind: 'reexchange',
  refreshLeadMs: days(15),
  refreshAtLifeFraction: null,
  refreshMinimumAgeMs: hours(24),
  refreshUnknownAfterMs: days(7),
  inspectEveryMs: hours(24),
};

export const INSTAGRAM_NOTICES: readonly PushNotice[] = [
  { callback: 'deauthorize', kind: 'deauthorized', means: 'the person removed the app: the token may be dead' },
  { callback: 'data-deletion', kind: 'data_deletion', means: 'the person asks that what is known of them be deleted' },
];
