import { type Consent, type DiscoveredAccount, isUsableToken, mapBounded } from '@mooring/adapters-core';
import type { AdAccounts } from './ad-accounts.ts';
import { targetsOf } from './granted-scopes.ts';
import type { PageLists } from './page-lists.ts';
import type { PageOffers } from './page-offers.ts';
import type { Page } from './schemas.ts';
import { REQUIRED_SCOPES, seesAds } from './scopes.ts';
import type { DiscoveryBounds } from './settings.ts';
import type { TokenFacts } from './token-facts.ts';

interface Dependencies {
  readonly facts: TokenFacts;
  readonly lists: PageLists;
  readonly offers: PageOffers;
  readonly ads: AdAccounts;
  readonly bounds: DiscoveryBounds;
}

/** Finds every account behind a consent, and which of them can be chosen: Pages, Instagram accounts, ad accounts, pixels. */
export class Discovery {
  readonly #to: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#to = dependencies;
  }

  async discover(consent: Consent): Promise<DiscoveredAccount[]> {
    const { facts, lists, offers, ads, bounds } = this.#to;
    const token = consent.tokens.access.value;
    const known = await facts.demand(token, { type: 'USER' });
    // What `/me/permissions` calls expired may still stand on the token.
    const person = { ...known, scopes: known.scopes?.filter((scope) => consent.grantedScopes.includes(scope)) ?? [] };
    const pages = byId(await lists.ofPerson(token));
    if (person.scopes.includes('business_management')) merge(pages, await lists.ofPortfolios(token));
    const unseen = targetsOf(person, REQUIRED_SCOPES).filter((id) => !isUsableToken(pages.get(id)?.access_token));
    merge(pages, await lists.byId(token, unseen.slice(0, bounds.pagesMax)));
    const found = [...pages.values()].slice(0, bounds.pagesMax);
    const ofPages = (await mapBounded(found, bounds.concurrency, (page) => offers.examine(page, person))).flat();
    const ofAds = seesAds(person.scopes) ? await ads.discover(token, person) : [];
    return [...ofPages.filter(isPage), ...ofPages.filter((offer) => !isPage(offer)), ...ofAds];
  }
}

function isPage({ offered }: DiscoveredAccount): boolean {
  return offered.kind === 'facebook_page';
}

function byId(pages: readonly Page[]): Map<string, Page> {
  const found = new Map<string, Page>();
  merge(found, pages);
  return found;
}

/** Lists overlap: of two copies of a Page the one with a token counts, and each fills what the other lacks. */
function merge(found: Map<string, Page>, pages: readonly Page[]): void {
  for (const page of pages) {
    const id = String(page.id);
    const known = found.get(id);
    if (!known) found.set(id, page);
    else found.set(id, isUsableToken(known.access_token) ? { ...page, ...known } : { ...known, ...page });
  }
}
