import type { PlayedPerson } from '../oauth/index.ts';

/** An Instagram account; at Instagram Login the person and the account are one. */
export interface InstagramPerson extends PlayedPerson {
  username: string;
  /** The professional id, which webhooks and the Graph of the linked Page use too. `subjectId` is scoped to the app. */
  professionalId: string;
  accountType: 'BUSINESS' | 'MEDIA_CREATOR' | 'PERSONAL';
}

function person(facts: Omit<InstagramPerson, 'accounts'>): InstagramPerson {
  return { ...facts, accounts: [{ id: facts.professionalId, name: `@${facts.username}`, about: facts.accountType }] };
}

export const INSTAGRAM_PEOPLE: InstagramPerson[] = [
  person({
    id: 'harbour',
    subjectId: '24500490000000001',
    professionalId: '17841400000010501',
    username: 'harbour.cafe',
    name: 'Harbour Café',
    about: 'business account, linked to a Page too',
    accountType: 'BUSINESS',
  }),
  person({
    id: 'studio',
    subjectId: '24500000000000002',
    professionalId: '17841400000010490',
    username: 'studio.490',
    name: 'Studio 490',
    about: 'business account, linked to a Page too',
    accountType: 'BUSINESS',
  }),
  person({
    id: 'mira',
    subjectId: '24500000000000003',
    professionalId: '17841400000020777',
    username: 'mira.paints',
    name: 'Mira Paints',
    about: 'creator without a Page',
    accountType: 'MEDIA_CREATOR',
  }),
  person({
    id: 'pete',
    subjectId: '24500000000000004',
    professionalId: '17841400000020888',
    username: 'pete.private',
    name: 'Pete Private',
    about: 'personal account, which can’t be connected',
    accountType: 'PERSONAL',
  }),
];

export function instagramPerson(id: string): InstagramPerson {
  const found = INSTAGRAM_PEOPLE.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`No such Instagram account: ${id}`);
  return found;
}
