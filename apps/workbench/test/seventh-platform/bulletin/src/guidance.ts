import type { Reason } from '@mooring/contracts';

export const REQUIREMENTS = ['You own the board, or may post to it.', 'Check at the top of the page who is signed in.'];
export const MANAGE_ACCESS_AT = 'Bulletin: Settings → Apps';

/** What to do, by reason. */
export const GUIDANCE: Readonly<Partial<Record<Reason, string>>> = {
  removed_in_settings: 'Mooring was removed under Settings → Apps of Bulletin. Reconnect to allow it again.',
  token_lapsed: 'The access has lapsed. Reconnect to renew it.',
  role_lost: 'Ask the owner of the board to let you post again, then check the connection.',
  permission_removed: 'Reconnect and allow posting to boards.',
};
