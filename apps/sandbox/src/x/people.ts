import type { PlayedPerson } from '../oauth/index.ts';

/** At X a person is the account. */
function person(id: string, subjectId: string, name: string, about: string): PlayedPerson {
  return { id, subjectId, name, about, accounts: [{ id: subjectId, name, about: `@${id}_at_sandbox` }] };
}

/** Ids lie beyond 2^53, as X's do. */
export const PEOPLE: PlayedPerson[] = [
  person('xavier', '1460323737035677698', 'Xavier Holt', 'one account'),
  person('yara', '1460323737035677699', 'Yara Lindqvist', 'another account, one id further'),
  person('zoe', '2244994945', 'Zoe 490', 'an old account with a short id'),
];

/** The name after the @. */
export function usernameOf({ id }: PlayedPerson): string {
  return `${id}_at_sandbox`;
}
