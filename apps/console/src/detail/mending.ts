import type { ConnectionDetail } from '../api/model.ts';

/** What a person does about it, step by step; null where the button says it all. */
export function guidanceOf(action: ConnectionDetail['action'], platform: string, account: string): string | null {
  switch (action) {
    case 'grant_permissions':
      return `Reconnect and leave every permission for ${account} ticked.`;
    case 'restore_role':
      return `Ask whoever administers ${account} at ${platform} to give the role back, or reconnect as a person who has it.`;
    case 'open_platform':
      return `Open ${platform}, pass the security check, then choose Check now. If it still fails, reconnect.`;
    case 'contact_support':
      return `Look at ${platform} whether the account still exists. If it does, contact support.`;
    default:
      return null;
  }
}
