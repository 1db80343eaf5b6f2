import type { PushNotice } from '@mooring/adapters-core';
import { hours, minutes, type PolicyData } from '@mooring/contracts';

/**
 * Lifecycle L-13 and L-14. An access token lives two hours, or 24 by older documentation: the answer says, and three quarters
 * of that are waited for. A refresh token is spent by its use, and its last one ends when the first one would have.
 */
export const TIKTOK_POLICY: PolicyData = {
  refreshKind: 'rotating',
  refreshLeadMs: null,
  refreshAtLifeFraction: 0.75,
  refreshMinimumAgeMs: 0,
  // Three quarters of the shorter life that is documented.
  refreshUnknownAfterMs: minutes(90),
  inspectEveryMs: hours(24),
};

/** developers.tiktok.com/doc/webhooks-events. */
export const TIKTOK_NOTICES: readonly PushNotice[] = [
  {
    callback: 'events',
    kind: 'deauthorized',
    means: 'the consent ended: removed by the person, the account deleted or banned, or taken back by us',
  },
];
