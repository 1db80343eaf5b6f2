import type { PlayedPerson } from '../oauth/index.ts';

/** An account as TikTok shows it. A person is an account there. */
export interface TikTokAccount extends PlayedPerson {
  unionId: string;
  username: string;
  followers: number;
}

interface Portrait {
  id: string;
  openId: string;
  name: string;
  username: string;
  about: string;
  followers: number;
}

function account({ id, openId, name, username, about, followers }: Portrait): TikTokAccount {
  return {
    ...{ id, name, username, about, followers },
    subjectId: openId,
    unionId: `union-${openId.slice(-12)}`,
    accounts: [{ id: openId, name, about: `@${username}` }],
  };
}

/** open_id is per app, and looks like this: dashes belong to it. */
export const TIKTOK_PEOPLE: readonly TikTokAccount[] = [
  account({
    ...{ id: 'tara', openId: '490e2a1c-0b7d-4e55-9f31-4908a1b2c3d4', username: 'harbourcafe', followers: 12_490 },
    ...{ name: 'Harbour Café', about: 'an account as most are' },
  }),
  account({
    ...{ id: 'theo', openId: '7d44c0de-1946-4c0b-8a5e-0c4634600190', username: 'lighthousebooks', followers: 804 },
    ...{ name: 'Lighthouse Books', about: 'another one' },
  }),
  account({
    ...{ id: 'una', openId: '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d', username: 'una_untick', followers: 3 },
    ...{ name: 'Una Untick', about: 'a private account' },
  }),
];

/** The account behind a person of the engine. */
export function accountOf(person: PlayedPerson): TikTokAccount {
  const found = TIKTOK_PEOPLE.find(({ id }) => id === person.id);
  if (found === undefined) throw new Error(`No such account: ${person.id}`);
  return found;
}
