import { HARBOUR_ADS, OLD_ADS, PETREL_ADS, type AdAccount } from './ad-accounts.ts';
import { NUMBERED_PAGES } from './pages.ts';

/** The people and business portfolios of the sandbox's Facebook. */
export interface PageRole {
  pageId: string;
  tasks: string[];
  /** False where Facebook gives the Page without an `access_token`. */
  givesToken: boolean;
  /** Classic roles show in `/me/accounts`; the others are reached through a business portfolio only. */
  classic: boolean;
}

export interface Business {
  id: string;
  name: string;
  ownedPages: string[];
  clientPages: string[];
}

export interface FacebookPerson {
  id: string;
  /** App-scoped user id. */
  asid: string;
  name: string;
  email: string;
  about: string;
  roles: PageRole[];
  businesses: Business[];
  adAccounts: AdAccount[];
}

const ALL_TASKS = ['ANALYZE', 'ADVERTISE', 'MESSAGING', 'MODERATE', 'CREATE_CONTENT', 'MANAGE'];

function fullRole(pageId: string): PageRole {
  return { pageId, tasks: ALL_TASKS, givesToken: true, classic: true };
}

const FIONAS_PAGES = ['100200300400501', '100200300400502', '100490200300490'];

export const PEOPLE: FacebookPerson[] = [
  {
    id: 'fiona',
    asid: '10150000000000001',
    name: 'Fiona Marsh',
    email: 'fiona.marsh@example.com',
    about: 'three Pages of her own',
    roles: FIONAS_PAGES.map(fullRole),
    businesses: [],
    adAccounts: [HARBOUR_ADS, OLD_ADS],
  },
  {
    id: 'carl',
    asid: '10150000000000002',
    name: 'Carl Marsh',
    email: 'carl.marsh@example.com',
    about: 'second admin of Fiona’s Pages',
    roles: FIONAS_PAGES.map(fullRole),
    businesses: [],
    adAccounts: [HARBOUR_ADS],
  },
  {
    id: 'petra',
    asid: '10150000000000003',
    name: 'Petra Quay',
    email: 'petra.quay@example.com',
    about: 'three Pages through a business portfolio only',
    roles: ['100200300400601', '100200300400602', '100200300400603'].map((pageId) => ({
      ...fullRole(pageId),
      classic: false,
    })),
    businesses: [
      {
        id: '300100200300400',
        name: 'Petrel Group',
        ownedPages: ['100200300400601', '100200300400602'],
        clientPages: ['100200300400602', '100200300400603'],
      },
    ],
    adAccounts: [PETREL_ADS],
  },
  {
    id: 'noah',
    asid: '10150000000000004',
    name: 'Noah Strand',
    email: 'noah.strand@example.com',
    about: 'no Pages at all',
    roles: [],
    businesses: [],
    adAccounts: [],
  },
  {
    id: 'rhea',
    asid: '10150000000000005',
    name: 'Rhea Inlet',
    email: 'rhea.inlet@example.com',
    about: 'a Page she may only analyse, and one that comes without a token',
    roles: [
      { pageId: '100200300400701', tasks: ['ANALYZE'], givesToken: true, classic: true },
      { pageId: '100200300400702', tasks: ALL_TASKS, givesToken: false, classic: true },
    ],
    businesses: [],
    adAccounts: [],
  },
  {
    id: 'max',
    asid: '10150000000000006',
    name: 'Max Delta',
    email: 'max.delta@example.com',
    about: `${NUMBERED_PAGES.length} Pages`,
    roles: NUMBERED_PAGES.map((page) => fullRole(page.id)),
    businesses: [],
    adAccounts: [],
  },
];

export const DEFAULT_PERSON = 'fiona';

const peopleById = new Map(PEOPLE.flatMap((person) => [person.id, person.asid].map((key) => [key, person] as const)));
const businessesById = new Map(
  PEOPLE.flatMap((person) => person.businesses.map((business) => [business.id, business] as const)),
);

/** By sandbox id (`fiona`) or app-scoped user id. */
export const personById = (id: string): FacebookPerson | undefined => peopleById.get(id);
export const businessById = (id: string): Business | undefined => businessesById.get(id);
