import { hours, type PolicyData } from '@mooring/contracts';
import type { PushNotice } from '@mooring/adapters-core';

/** A refresh token that stays, and access tokens that live as long as the answer says. */
export const BULLETIN_POLICY: PolicyData = {
  refreshKind: 'reusable',
  refreshLeadMs: null,
  refreshAtLifeFraction: 0.75,
  refreshMinimumAgeMs: 0,
  inspectEveryMs: hours(24),
};

/** Bulletin gives no notice. */
export const BULLETIN_NOTICES: readonly PushNotice[] = [];
