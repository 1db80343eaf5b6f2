import type { Static } from '@sinclair/typebox';
import type { Secret } from '@mooring/contracts';
import { mapBounded, PlatformFailure } from '@mooring/adapters-core';
import type { FacebookEndpoints } from './endpoints.ts';
import type { Graph } from './graph.ts';
import { BusinessesAnswer, type Page, PageAnswer, PagesAnswer } from './schemas.ts';
import type { DiscoveryBounds } from './settings.ts';

const PORTION = 100;
const PAGE_FIELDS = 'id,name,username,access_token,tasks,picture.type(large){url}';

type ListSchema = typeof PagesAnswer | typeof BusinessesAnswer;

/** Reads the lists in which a person's Pages stand. */
export class PageLists {
  readonly #graph: Graph;
  readonly #endpoints: FacebookEndpoints;
  readonly #bounds: DiscoveryBounds;

  constructor(graph: Graph, endpoints: FacebookEndpoints, bounds: DiscoveryBounds) {
    this.#graph = graph;
    this.#endpoints = endpoints;
    this.#bounds = bounds;
  }

  /** Pages on which the person has a role. */
  async ofPerson(token: Secret): Promise<Page[]> {
    return this.#list(token, { url: this.#endpoints.accountsUrl, schema: PagesAnswer, fields: PAGE_FIELDS });
  }

  /** Pages that a business portfolio owns or works for; they may be missing from {@link ofPerson} (C49). */
  async ofPortfolios(token: Secret): Promise<Page[]> {
    const list = { url: this.#endpoints.businessesUrl, schema: BusinessesAnswer, fields: 'id' };
    const businesses = await unlessRefused(this.#list(token, list), []);
    const edges = businesses
      .slice(0, this.#bounds.businessesMax)
      .flatMap(({ id }) => (['owned_pages', 'client_pages'] as const).map((edge) => ({ id: String(id), edge })));
    const pages = await mapBounded(edges, this.#bounds.concurrency, ({ id, edge }) => {
      const url = this.#endpoints.portfolioPagesUrl(id, edge);
      return unlessRefused(this.#list(token, { url, schema: PagesAnswer, fields: PAGE_FIELDS }), []);
    });
    return pages.flat();
  }

  /** Pages by id: what the consent names and no list has. */
  async byId(token: Secret, pageIds: readonly string[]): Promise<Page[]> {
    const pages = await mapBounded(pageIds, this.#bounds.concurrency, (pageId) => {
      const call = {
        url: this.#endpoints.pageUrl(pageId),
        schema: PageAnswer,
        query: { fields: PAGE_FIELDS },
        what: 'Page',
      };
      return unlessRefused<Page | null>(this.#graph.read(token, call), null);
    });
    return pages.filter((page) => page !== null);
  }

  /** Follows `cursors.after` and never `paging.next`, which holds the token, for a bounded number of portions. */
  async #list<T extends ListSchema>(
    token: Secret,
    list: { url: string; schema: T; fields: string },
  ): Promise<Static<T>['data']> {
    const rows: Static<ListSchema>['data'][number][] = [];
    let after: string | undefined;
    for (let portion = 0; portion < this.#bounds.portionsMax; portion += 1) {
      const query = { fields: list.fields, limit: String(PORTION), ...(after ? { after } : {}) };
      const answer = await this.#graph.read<ListSchema>(token, { ...list, query, what: 'list' });
      rows.push(...answer.data);
      const next = answer.paging?.next ? answer.paging.cursors?.after : undefined;
      if (!next || next === after) break;
      after = next;
    }
    return rows;
  }
}

/** Where one edge is refused for good, discovery goes on without it; an outage or a limit ends it, since a list that lacks
 * Pages for a moment would read as Pages lost. */
async function unlessRefused<T>(reading: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    const isRefused = error instanceof PlatformFailure && REFUSALS.has(error.class);
    if (isRefused) return otherwise;
    throw error;
  }
}

const REFUSALS: ReadonlySet<string> = new Set(['permission_missing', 'user_action_required', 'unexpected']);
