import type { PlayedPerson } from '../oauth/index.ts';

/** A Company Page or a showcase page. */
export interface LinkedInPage {
  /** Numeric, as text. */
  id: string;
  name: string;
  vanityName: string;
  type: 'COMPANY' | 'BRAND';
  /** What was posted before anybody connected anything, the newest first. */
  posts: { text: string; daysAgo: number }[];
}

/** A person with the roles that they hold, by Page. */
export interface LinkedInMember extends PlayedPerson {
  roles: Record<string, string[]>;
}

const PAGES: LinkedInPage[] = [
  {
    id: '5490001',
    name: 'Lindqvist Boatbuilders',
    vanityName: 'lindqvist-boatbuilders',
    type: 'COMPANY',
    posts: [
      { text: 'Hull 42 left the yard this morning.', daysAgo: 1 },
      { text: 'We are looking for two more joiners.', daysAgo: 6 },
    ],
  },
  {
    id: '5490002',
    name: 'Lindqvist Charter',
    vanityName: 'lindqvist-charter',
    type: 'COMPANY',
    posts: [{ text: 'The season opens in May.', daysAgo: 3 }],
  },
  { id: '5490003', name: 'Harbour Logistics', vanityName: 'harbour-logistics', type: 'COMPANY', posts: [] },
  {
    id: '5490009',
    name: 'Lindqvist Electric',
    vanityName: 'lindqvist-electric',
    type: 'BRAND',
    posts: [{ text: 'Silent running: our first electric tender.', daysAgo: 2 }],
  },
];

/** A Page by its id. */
export function pageOf(id: string): LinkedInPage | undefined {
  return PAGES.find((page) => page.id === id);
}

const WHO: Omit<LinkedInMember, 'accounts'>[] = [
  {
    id: 'linda',
    subjectId: 'LiAbC123da',
    name: 'Linda Lindqvist',
    about: 'admin of three Company Pages and a showcase page',
    roles: {
      '5490001': ['CURATOR', 'ADMINISTRATOR'],
      '5490002': ['ADMINISTRATOR'],
      '5490003': ['DIRECT_SPONSORED_CONTENT_POSTER'],
      '5490009': ['ADMINISTRATOR'],
    },
  },
  {
    id: 'colin',
    subjectId: 'CoAbC456in',
    name: 'Colin Content',
    about: 'content admin of one Company Page, analyst of another',
    roles: { '5490001': ['CONTENT_ADMINISTRATOR'], '5490002': ['ANALYST'] },
  },
  { id: 'nora', subjectId: 'NoAbC789ra', name: 'Nora Newcomer', about: 'no Company Page', roles: {} },
];

const accountOf = (id: string, roles: string[]) => {
  const page = pageOf(id);
  return { id, name: page?.name ?? id, about: `${page?.type === 'BRAND' ? 'showcase page, ' : ''}${roles.join(', ')}` };
};

/** Everybody at the played LinkedIn. */
export const MEMBERS: LinkedInMember[] = WHO.map((member) => ({
  ...member,
  accounts: Object.entries(member.roles).map(([id, roles]) => accountOf(id, roles)),
}));

/** The roles of a person, whether they still stand or not. */
export function rolesOf(person: PlayedPerson): Record<string, string[]> {
  return MEMBERS.find(({ id }) => id === person.id)?.roles ?? {};
}
