import type { PushNotice } from '@mooring/adapters-core';
import { hours, minutes, type PolicyData } from '@mooring/contracts';

/**
 * A refresh token is spent once, and what its loss costs is the connection: it is spent as late as is safe, at three quarters
 * of the access token's life (C18). Reading the account costs the operator quota, so that it is inspected once a day.
 */
export const X_POLICY: PolicyData = {
  refreshKind: 'rotating',
  refreshLeadMs: null,
  refreshAtLifeFraction: 0.75,
  refreshMinimumAgeMs: 0,
  // Three quarters of the two hours that are documented.
  refreshUnknownAfterMs: minutes(90),
  inspectEveryMs: hours(24),
};

export const X_NOTICES: readonly PushNotice[] = [
  { callback: 'events', kind: 'deauthorized', means: 'the person removed the app: every token may be dead' },
];
