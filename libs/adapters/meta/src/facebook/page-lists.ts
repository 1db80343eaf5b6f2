import type { Secret } from '@mooring/contracts';
import { mapBounded } from '@mooring/adapters-core';
import type { FacebookEndpoints } from './endpoints.ts';
import { type Graph, unlessRefused } from './graph.ts';
import { type ListCall, readList } from './list.ts';
import { BusinessesAnswer, type Business, type Page, PageAnswer, PagesAnswer } from './schemas.ts';
import type { DiscoveryBounds } from './settings.ts';

const PAGE_FIELDS = 'id,name,username,access_token,tasks,picture.type(large){url}';
const LINKED_FIELDS = `${PAGE_FIELDS},instagram_business_account{id,username,name,profile_picture_url}`;

/** Reads the lists in which a person's Pages stand, each with the Instagram account behind it where that is wanted. */
export class PageLists {
  readonly #graph: Graph;
  readonly #endpoints: FacebookEndpoints;
  readonly #bounds: DiscoveryBounds;
  readonly #withInstagram: boolean;

  constructor(dependencies: {
    graph: Graph;
    endpoints: FacebookEndpoints;
    bounds: DiscoveryBounds;
    withInstagram: boolean;
  }) {
    this.#graph = dependencies.graph;
    this.#endpoints = dependencies.endpoints;
    this.#bounds = dependencies.bounds;
    this.#withInstagram = dependencies.withInstagram;
  }

  /** Pages on which the person has a role. */
  async ofPerson(token: Secret): Promise<Page[]> {
    return this.#pages(token, this.#endpoints.accountsUrl);
  }

  /** Pages that a business portfolio owns or works for; they may be missing from {@link ofPerson} (C49). */
  async ofPortfolios(token: Secret): Promise<Page[]> {
    const list = { url: this.#endpoints.businessesUrl, fields: 'id', schema: BusinessesAnswer };
    const businesses = await unlessRefused(this.#list<Business>(token, list), []);
    const edges = businesses
      .slice(0, this.#bounds.businessesMax)
      .flatMap(({ id }) => (['owned_pages', 'client_pages'] as const).map((edge) => ({ id: String(id), edge })));
    const pages = await mapBounded(edges, this.#bounds.concurrency, ({ id, edge }) =>
      unlessRefused(this.#pages(token, this.#endpoints.edgeUrl(id, edge)), []),
    );
    return pages.flat();
  }

  /** Pages by id: what the consent names and no list has. */
  async byId(token: Secret, pageIds: readonly string[]): Promise<Page[]> {
    const pages = await mapBounded(pageIds, this.#bounds.concurrency, (pageId) =>
      unlessRefused<Page | null>(
        this.#asking((fields) => this.#page(token, pageId, fields)),
        null,
      ),
    );
    return pages.filter((page) => page !== null);
  }

  /** The id of the Instagram account behind a Page, asked with the Page's own token; null where there is none. */
  async linkedInstagram(pageToken: Secret, pageId: string): Promise<string | null> {
    const page = await this.#page(pageToken, pageId, 'instagram_business_account');
    return page.instagram_business_account ? String(page.instagram_business_account.id) : null;
  }

  #pages(token: Secret, url: string): Promise<Page[]> {
    return this.#asking((fields) => this.#list<Page>(token, { url, fields, schema: PagesAnswer }));
  }

  #page(token: Secret, pageId: string, fields: string): Promise<Page> {
    const url = this.#endpoints.nodeUrl(pageId);
    return this.#graph.read(token, { url, schema: PageAnswer, query: { fields }, what: 'Page' });
  }

  /** Whoever may not see the Instagram account behind a Page sees the Page all the same. */
  async #asking<T>(read: (fields: string) => Promise<T>): Promise<T> {
    const linked = this.#withInstagram ? await unlessRefused<T | null>(read(LINKED_FIELDS), null) : null;
    return linked ?? read(PAGE_FIELDS);
  }

  #list<Row>(token: Secret, list: ListCall): Promise<Row[]> {
    return readList<Row>(this.#graph, token, { portionsMax: this.#bounds.portionsMax, ...list });
  }
}
