import { Secret, type UnselectableReason } from '@mooring/contracts';
import {
  type Consent,
  type DiscoveredAccount,
  type IssuedToken,
  isUsableToken,
  mapBounded,
} from '@mooring/adapters-core';
import { dataAccessEndOf, holdsFor, type Inspection, instantOf, scopesOf } from './inspection.ts';
import type { PageLists } from './page-lists.ts';
import type { DebugToken, Page } from './schemas.ts';
import { type DiscoveryBounds, REQUIRED_SCOPES } from './settings.ts';

const NAME_LENGTH_MAX = 200;
const AVATAR_LENGTH_MAX = 2_048;
/** Tasks either of which lets a person publish. */
const PUBLISHING_TASKS = ['CREATE_CONTENT', 'MANAGE'];

/** Finds every Page behind a consent, and which of them can be chosen. */
export class Discovery {
  readonly #lists: PageLists;
  readonly #inspection: Inspection;
  readonly #bounds: DiscoveryBounds;

  constructor(dependencies: { lists: PageLists; inspection: Inspection; bounds: DiscoveryBounds }) {
    this.#lists = dependencies.lists;
    this.#inspection = dependencies.inspection;
    this.#bounds = dependencies.bounds;
  }

  async discover(consent: Consent): Promise<DiscoveredAccount[]> {
    const token = consent.tokens.access.value;
    const person = await this.#inspection.demand(token, { type: 'USER' });
    const pages = byId(await this.#lists.ofPerson(token));
    if (person.scopes?.includes('business_management')) merge(pages, await this.#lists.ofPortfolios(token));
    const unseen = namedByConsent(person).filter((id) => !isUsableToken(pages.get(id)?.access_token));
    merge(pages, await this.#lists.byId(token, unseen.slice(0, this.#bounds.pagesMax)));
    const found = [...pages.values()].slice(0, this.#bounds.pagesMax);
    return mapBounded(found, this.#bounds.concurrency, (page) => this.#examine(page, person));
  }

  async #examine(page: Page, person: DebugToken): Promise<DiscoveredAccount> {
    const pageId = String(page.id);
    const why = whyUnselectable(page, person);
    const verified = why === null ? await this.#verify(page) : null;
    const expected = { type: 'PAGE', pageId } as const;
    const grantedScopes = verified?.scopes ?? scopesOf(person, expected);
    const missingScopes = REQUIRED_SCOPES.filter((scope) => !grantedScopes.includes(scope));
    // Both the person's token and the Page's own must carry what publishing needs.
    const verdict = why ?? (verified === null ? 'no_token' : missingScopes.length > 0 ? 'not_granted' : null);
    return {
      offered: { ...presentationOf(page), selectable: verdict === null, unselectableReason: verdict },
      token: verdict === null && verified ? verified.token : null,
      grantedScopes,
      missingScopes,
    };
  }

  /** The Page's token once Meta has confirmed that it is a token of this very Page for this app (C37); null where it isn't. */
  async #verify(page: Page): Promise<{ token: IssuedToken; scopes: string[] } | null> {
    const value = new Secret(page.access_token ?? '');
    const expected = { type: 'PAGE', pageId: String(page.id) } as const;
    const facts = await this.#inspection.debug(value);
    if (this.#inspection.whyDead(facts, expected)) return null;
    const scopes = scopesOf(facts, expected);
    const token: IssuedToken = {
      value,
      issuedAt: instantOf(facts.issued_at),
      expiresAt: instantOf(facts.expires_at),
      dataAccessExpiresAt: dataAccessEndOf(facts, scopes),
    };
    return { token, scopes };
  }
}

function whyUnselectable(page: Page, person: DebugToken): UnselectableReason | null {
  const granted = REQUIRED_SCOPES.every(
    (scope) => person.scopes?.includes(scope) && holdsFor(person, scope, String(page.id)),
  );
  if (!granted) return 'not_granted';
  if (page.tasks && !PUBLISHING_TASKS.some((task) => page.tasks?.includes(task))) return 'role_too_low';
  return isUsableToken(page.access_token) ? null : 'no_token';
}

function presentationOf(page: Page) {
  const accountId = String(page.id);
  return {
    accountId,
    kind: 'facebook_page' as const,
    displayName: textOf(page.name) ?? `Page ${accountId}`,
    username: textOf(page.username),
    avatarUrl: imageUrlOf(page.picture?.data?.url),
  };
}

function textOf(text: string | undefined): string | null {
  const trimmed = text
    ?.replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, NAME_LENGTH_MAX);
  return trimmed ? trimmed : null;
}

function imageUrlOf(url: string | undefined): string | null {
  if (!url || url.length > AVATAR_LENGTH_MAX || !URL.canParse(url)) return null;
  return ['https:', 'http:'].includes(new URL(url).protocol) ? url : null;
}

/** Ids of the Pages that the person ticked in the dialog. */
function namedByConsent(person: DebugToken): string[] {
  const required: readonly string[] = REQUIRED_SCOPES;
  const named = (person.granular_scopes ?? []).filter((entry) => required.includes(entry.scope));
  return [...new Set(named.flatMap((entry) => entry.target_ids ?? []).map(String))];
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
