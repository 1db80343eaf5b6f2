import { platformNames } from '@mooring/adapters';
import { fillText, type UnselectableReason } from '@mooring/contracts';
import { kindName } from '../connections/connection.ts';
import type { AccountPlace } from './account-places.ts';
import type { WHY_NOT_SELECTABLE } from './connect-sessions.dto.ts';

const UNSELECTABLE_MESSAGES: Readonly<Record<(typeof WHY_NOT_SELECTABLE)[number], string>> = {
  no_token: 'The platform gives no access to it: your role there may be too low.',
  role_too_low: 'Your role there doesn’t allow publishing.',
  not_granted: 'You didn’t tick it at the platform.',
  unsupported_type: 'Accounts of this type can’t be connected.',
  already_connected: 'It is already connected in this workspace.',
  not_on_plan: 'Your plan does not include {Platform}.',
};
const CONNECTED_OTHERWISE = 'It is already connected in this workspace, as {Kind}.';

/** Why an account can't be chosen, to people who look at the list of what was found. */
export function unselectableMessage(
  reason: (typeof WHY_NOT_SELECTABLE)[number],
  { account, platform, taken }: Pick<AccountPlace, 'account' | 'platform' | 'taken'>,
): string {
  const otherwise = taken && taken.kind !== account.kind;
  const text = otherwise ? CONNECTED_OTHERWISE : UNSELECTABLE_MESSAGES[reason];
  return fillText(text, { Platform: platformNames(platform).name, Kind: taken ? kindName(taken.kind) : '' });
}

/** Why an account that was connected before can't be taken again, and what to do about it. */
export const UNUSABLE_MESSAGES: Readonly<Record<UnselectableReason, string>> = {
  no_token:
    'The platform gives no access to it: your role there may be too low. Have it raised there, or let somebody with full control reconnect.',
  role_too_low:
    'Your role there doesn’t allow publishing. Have it raised there, or let somebody with full control reconnect.',
  not_granted: 'You didn’t tick it at the platform. Reconnect once more and leave it ticked.',
  unsupported_type: 'Its type was changed there to one that can’t be connected.',
};
