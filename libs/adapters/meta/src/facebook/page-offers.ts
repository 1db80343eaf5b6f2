import { Secret, type UnselectableReason } from '@mooring/contracts';
import { type DiscoveredAccount, type IssuedToken, isUsableToken } from '@mooring/adapters-core';
import { nameOf, webUrlOf } from '../graph/presentation.ts';
import { type Assets, scopesOf } from './granted-scopes.ts';
import { dataAccessEndOf } from './inspection.ts';
import type { DebugToken, Page } from './schemas.ts';
import { type FacebookKind, missingScopesOf } from './scopes.ts';
import { instantOf, type TokenFacts } from './token-facts.ts';

/** Tasks either of which lets a person publish. */
const PUBLISHING_TASKS = ['CREATE_CONTENT', 'MANAGE'];

type Presentation = Pick<DiscoveredAccount['offered'], 'accountId' | 'displayName' | 'username' | 'avatarUrl'>;

/** An account that is used with a Page's token: the Page itself, or the Instagram account behind it. */
interface Candidate {
  readonly kind: FacebookKind;
  readonly assets: Assets;
  readonly shown: Presentation;
}

/** A Page's token that Meta has confirmed, with what Meta says of it. */
interface ConfirmedToken {
  readonly value: Secret;
  readonly facts: DebugToken;
}

/** What a Page offers: itself and the Instagram account behind it, and why one can't be chosen. */
export class PageOffers {
  constructor(
    private readonly facts: TokenFacts,
    private readonly withInstagram: boolean,
  ) {}

  async examine(page: Page, person: DebugToken): Promise<DiscoveredAccount[]> {
    const candidates = this.#candidatesOf(page).map((candidate) => {
      return { candidate, why: whyUnselectable(candidate, page, person) };
    });
    // One token serves both; there is no use in asking about one that nothing can be done with.
    const confirmed = candidates.some(({ why }) => why === null) ? await this.#confirm(page) : null;
    return candidates.map(({ candidate, why }) => offerOf(candidate, why, { confirmed, person }));
  }

  #candidatesOf(page: Page): Candidate[] {
    const pageId = String(page.id);
    const itself: Candidate = { kind: 'facebook_page', assets: { pageId }, shown: pageShown(page) };
    const linked = page.instagram_business_account;
    if (!this.withInstagram || !linked) return [itself];
    const assets = { pageId, instagramId: String(linked.id) };
    return [itself, { kind: 'instagram_page_account', assets, shown: instagramShown(linked) }];
  }

  /** The Page's token once Meta has confirmed that it is a token of this very Page for this app (C37); null where it isn't. */
  async #confirm(page: Page): Promise<ConfirmedToken | null> {
    if (!isUsableToken(page.access_token)) return null;
    const value = new Secret(page.access_token);
    const facts = await this.facts.debug(value);
    return this.facts.whyDead(facts, { type: 'PAGE', pageId: String(page.id) }) ? null : { value, facts };
  }
}

function whyUnselectable({ kind, assets }: Candidate, page: Page, person: DebugToken): UnselectableReason | null {
  if (missingScopesOf(kind, scopesOf(person, assets)).length > 0) return 'not_granted';
  if (page.tasks && !PUBLISHING_TASKS.some((task) => page.tasks?.includes(task))) return 'role_too_low';
  return isUsableToken(page.access_token) ? null : 'no_token';
}

function offerOf(
  { kind, assets, shown }: Candidate,
  why: UnselectableReason | null,
  { confirmed, person }: { confirmed: ConfirmedToken | null; person: DebugToken },
): DiscoveredAccount {
  const grantedScopes = scopesOf(confirmed?.facts ?? person, assets);
  const missingScopes = missingScopesOf(kind, grantedScopes);
  // Both the person's token and the Page's own must carry what publishing needs.
  const verdict = why ?? (confirmed === null ? 'no_token' : missingScopes.length > 0 ? 'not_granted' : null);
  return {
    offered: { ...shown, kind, selectable: verdict === null, unselectableReason: verdict },
    token: verdict === null && confirmed ? tokenOf(confirmed, kind) : null,
    grantedScopes,
    missingScopes,
  };
}

function tokenOf({ value, facts }: ConfirmedToken, kind: FacebookKind): IssuedToken {
  return {
    value,
    issuedAt: instantOf(facts.issued_at),
    expiresAt: instantOf(facts.expires_at),
    dataAccessExpiresAt: dataAccessEndOf(facts, kind),
  };
}

function pageShown(page: Page): Presentation {
  const accountId = String(page.id);
  return {
    accountId,
    displayName: nameOf(page.name) ?? `Page ${accountId}`,
    username: nameOf(page.username),
    avatarUrl: webUrlOf(page.picture?.data?.url),
  };
}

function instagramShown(linked: NonNullable<Page['instagram_business_account']>): Presentation {
  const accountId = String(linked.id);
  const username = nameOf(linked.username);
  return {
    accountId,
    displayName: nameOf(linked.name) ?? username ?? `Instagram account ${accountId}`,
    username,
    avatarUrl: webUrlOf(linked.profile_picture_url),
  };
}
