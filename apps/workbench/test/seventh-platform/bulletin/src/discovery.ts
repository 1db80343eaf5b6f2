import { type Consent, type DiscoveredAccount, guardAnswer } from '@mooring/adapters-core';
import type { BulletinCalls } from './calls.ts';
import { Boards } from './schemas.ts';
import { REQUIRED_SCOPES } from './scopes.ts';

/** Every board of the person; one that may only be read can't be chosen. */
export async function discover(calls: BulletinCalls, consent: Consent): Promise<DiscoveredAccount[]> {
  const { boards } = guardAnswer(Boards, await calls.boards(consent.tokens.access.value), 'the list of boards');
  return boards.map(({ id, name, readonly = false }) => ({
    offered: {
      accountId: id,
      kind: 'bulletin_board',
      displayName: name,
      username: null,
      avatarUrl: null,
      selectable: !readonly,
      unselectableReason: readonly ? 'role_too_low' : null,
    },
    token: null,
    grantedScopes: consent.grantedScopes,
    missingScopes: REQUIRED_SCOPES.filter((scope) => !consent.grantedScopes.includes(scope)),
  }));
}
