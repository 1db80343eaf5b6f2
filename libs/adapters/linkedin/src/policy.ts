import type { PushNotice } from '@mooring/adapters-core';
import { days, hours, type PolicyData } from '@mooring/contracts';

/**
 * An app that LinkedIn has approved for it gets a refresh token, which stays the same and lives 365 days from the consent, never
 * extended: the access token of 60 days is renewed with it a week ahead, and the refresh token's end is what binds. Other
 * apps get none; then the access token's end binds (C14).
 */
export const LINKEDIN_POLICY: PolicyData = {
  refreshKind: 'reusable',
  refreshLeadMs: days(7),
  refreshAtLifeFraction: null,
  // In the refresh token's last week every new access token ends with it, and would be due again at once.
  refreshMinimumAgeMs: hours(24),
  // Half of the life that is documented; an introspection mostly tells the end before that.
  refreshUnknownAfterMs: days(30),
  inspectEveryMs: hours(24),
};

/** LinkedIn gives no notice of anything: only inspections find out. */
export const LINKEDIN_NOTICES: readonly PushNotice[] = [];
