/** A Page of the sandbox's Facebook. */
export interface FacebookPage {
  id: string;
  name: string;
  username: string;
  category: string;
  instagram?: { id: string; username: string; name: string };
}

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

export const NUMBERED_PAGES: FacebookPage[] = Array.from({ length: MANY_PAGES }, (_, index) => {
  const serial = String(index + 1).padStart(3, '0');
  return {
    id: `200300400500${serial}`,
    name: `Branch ${serial}`,
    username: `maxbranch${serial}`,
    category: 'Local Business',
  };
});

const PAGES: FacebookPage[] = [...NAMED_PAGES, ...NUMBERED_PAGES];

const pagesById = new Map(PAGES.map((page) => [page.id, page]));
const pagesByInstagramId = new Map(
  PAGES.flatMap((page) => (page.instagram ? [[page.instagram.id, page] as const] : [])),
);

export const pageById = (id: string): FacebookPage | undefined => pagesById.get(id);
/** The Page that an Instagram professional account is linked to. */
export const pageByInstagramId = (id: string): FacebookPage | undefined => pagesByInstagramId.get(id);
