/** The people, Pages and business portfolios of the sandbox's Facebook. */
export interface FacebookPage {
  id: string;
  name: string;
  username: string;
  category: string;
  instagram?: { id: string; username: string; name: string };
}

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

export interface AdAccount {
  /** Without `act_`. */
  id: string;
  name: string;
  /** 1 active, 2 disabled, 3 unsettled, 101 closed. */
  status: number;
  currency: string;
  pixels: { id: string; name: string }[];
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

const MANY_PAGES = 230;

function instagram(serial: number, username: string, name: string) {
  return { id: `178414000000${serial}`, username, name };
}

const NAMED_PAGES: FacebookPage[] = [
  {
    id: '100200300400501',
    name: 'Harbour Café',
    username: 'harbourcafe',
    category: 'Cafe',
    instagram: instagram(10501, 'harbour.cafe', 'Harbour Café'),
  },
  { id: '100200300400502', name: 'Lighthouse Books', username: 'lighthousebooks', category: 'Book Store' },
  {
    id: '100490200300490',
    name: 'Studio 490',
    username: 'studio490',
    category: 'Design & Fashion',
    instagram: instagram(10490, 'studio.490', 'Studio 490'),
  },
  { id: '100200300400601', name: 'Petrel Sailing School', username: 'petrelsailing', category: 'Sports School' },
  {
    id: '100200300400602',
    name: 'Petrel Chandlery',
    username: 'petrelchandlery',
    category: 'Shopping & Retail',
    instagram: instagram(10602, 'petrel.chandlery', 'Petrel Chandlery'),
  },
  { id: '100200300400603', name: 'Seaview Hotel', username: 'seaviewhotel', category: 'Hotel' },
  { id: '100200300400701', name: 'Read Only Gazette', username: 'readonlygazette', category: 'Newspaper' },
  { id: '100200300400702', name: 'Keyless Kayaks', username: 'keylesskayaks', category: 'Sports & Recreation' },
];

const NUMBERED_PAGES: FacebookPage[] = Array.from({ length: MANY_PAGES }, (_, index) => {
  const serial = String(index + 1).padStart(3, '0');
  return {
    id: `200300400500${serial}`,
    name: `Branch ${serial}`,
    username: `maxbranch${serial}`,
    category: 'Local Business',
  };
});

const PAGES: FacebookPage[] = [...NAMED_PAGES, ...NUMBERED_PAGES];

function fullRole(pageId: string): PageRole {
  return { pageId, tasks: ALL_TASKS, givesToken: true, classic: true };
}

const HARBOUR_ADS: AdAccount = {
  id: '400490300200101',
  name: 'Harbour Ads',
  status: 1,
  currency: 'EUR',
  pixels: [
    { id: '500490300200101', name: 'Harbour shop pixel' },
    { id: '500300200100102', name: 'Harbour bookings pixel' },
  ],
};
const OLD_ADS: AdAccount = { id: '400300200100102', name: 'Old campaigns', status: 2, currency: 'EUR', pixels: [] };
const PETREL_ADS: AdAccount = {
  id: '400300200100301',
  name: 'Petrel Ads',
  status: 1,
  currency: 'GBP',
  pixels: [{ id: '500300200100301', name: 'Petrel pixel' }],
};

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
    about: `${MANY_PAGES} Pages`,
    roles: NUMBERED_PAGES.map((page) => fullRole(page.id)),
    businesses: [],
    adAccounts: [],
  },
];

export const DEFAULT_PERSON = 'fiona';

const pagesById = new Map(PAGES.map((page) => [page.id, page]));
const peopleById = new Map(PEOPLE.flatMap((person) => [person.id, person.asid].map((key) => [key, person] as const)));
const businessesById = new Map(
  PEOPLE.flatMap((person) => person.businesses.map((business) => [business.id, business] as const)),
);

const adAccountsById = new Map<string, AdAccount>(
  PEOPLE.flatMap((person) => person.adAccounts.map((account) => [`act_${account.id}`, account] as const)),
);
const pixelsById = new Map(
  [...adAccountsById.values()].flatMap(({ pixels }) => pixels).map((pixel) => [pixel.id, pixel]),
);
const pagesByInstagramId = new Map(
  PAGES.flatMap((page) => (page.instagram ? [[page.instagram.id, page] as const] : [])),
);

/** By id with `act_`. */
export const adAccountById = (id: string): AdAccount | undefined => adAccountsById.get(id);
export const pixelById = (id: string): { id: string; name: string } | undefined => pixelsById.get(id);
/** The Page that an Instagram professional account is linked to. */
export const pageByInstagramId = (id: string): FacebookPage | undefined => pagesByInstagramId.get(id);
export const pageById = (id: string): FacebookPage | undefined => pagesById.get(id);
/** By sandbox id (`fiona`) or app-scoped user id. */
export const personById = (id: string): FacebookPerson | undefined => peopleById.get(id);
export const businessById = (id: string): Business | undefined => businessesById.get(id);
