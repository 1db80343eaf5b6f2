import { type ConnectionKind, FAILURE_RULES, type Secret } from '@mooring/contracts';
import {
  type DeadToken,
  type InspectionTarget,
  type LiveToken,
  PlatformFailure,
  type TokenInspection,
} from '@mooring/adapters-core';
import type { AdAccounts } from './ad-accounts.ts';
import { type Assets, scopesOf } from './granted-scopes.ts';
import type { PageLists } from './page-lists.ts';
import type { DebugToken } from './schemas.ts';
import { missingScopesOf, seesAds } from './scopes.ts';
import { type ExpectedToken, instantOf, type TokenFacts } from './token-facts.ts';

/** The answer to {@link PlatformAdapter.inspect}, kind by kind. */
export class Inspection {
  readonly #facts: TokenFacts;
  readonly #lists: PageLists;
  readonly #ads: AdAccounts;
  readonly #now: () => Date;

  constructor(dependencies: { facts: TokenFacts; lists: PageLists; ads: AdAccounts; now: () => Date }) {
    this.#facts = dependencies.facts;
    this.#lists = dependencies.lists;
    this.#ads = dependencies.ads;
    this.#now = dependencies.now;
  }

  async inspect({ token, account }: InspectionTarget): Promise<TokenInspection> {
    const kind = account?.kind ?? null;
    const expected = expectedFor(kind, account?.accountId ?? '');
    const facts = await this.#facts.debug(token);
    const failure = this.#facts.whyDead(facts, expected) ?? (await this.#whyOff(token, account, facts).catch(finalOf));
    if (failure) return { alive: false, failure } satisfies DeadToken;
    return liveToken(facts, kind ?? 'facebook_page', account ? assetsOf(account, facts) : {});
  }

  /**
   * Why a token that lives is of no use for this account. Where a permission is missing the refusal would say no more than
   * that, so nothing is asked then.
   */
  async #whyOff(
    token: Secret,
    account: InspectionTarget['account'],
    facts: DebugToken,
  ): Promise<PlatformFailure | null> {
    const { accountId = '', kind } = account ?? {};
    switch (kind) {
      case 'instagram_page_account':
        return this.#whyUnlinked(token, accountId, facts);
      case 'meta_ad_account':
        return seesAds(facts.scopes ?? []) ? this.#ads.whyOff(token, accountId) : null;
      case 'meta_pixel':
        return seesAds(facts.scopes ?? []) ? this.#ads.whyPixelOff(token, accountId) : null;
      default:
        return null;
    }
  }

  /** An Instagram account that is linked to the Page no more can't be published to with the Page's token. */
  async #whyUnlinked(token: Secret, instagramId: string, facts: DebugToken): Promise<PlatformFailure | null> {
    // Without the permission, or with data access at its end, the link isn't shown, which says nothing about it.
    const end = instantOf(facts.data_access_expires_at);
    if (!facts.scopes?.includes('instagram_basic') || (end && end <= this.#now())) return null;
    const linked = await this.#lists.linkedInstagram(token, String(facts.profile_id));
    if (linked === instagramId) return null;
    return new PlatformFailure({
      class: 'reauthorization_required',
      reason: 'removed_in_settings',
      detail: 'the Instagram account is not linked to the Page any more',
    });
  }
}

/** `debug_token` calls tokens alive that Graph refuses (a checkpoint, for one): such a refusal is an answer too. */
function finalOf(error: unknown): PlatformFailure {
  if (error instanceof PlatformFailure && FAILURE_RULES[error.class].final) return error;
  throw error;
}

function expectedFor(kind: ConnectionKind | null, accountId: string): ExpectedToken {
  if (kind === 'facebook_page') return { type: 'PAGE', pageId: accountId };
  return { type: kind === 'instagram_page_account' ? 'PAGE' : 'USER' };
}

function assetsOf({ accountId, kind }: NonNullable<InspectionTarget['account']>, facts: DebugToken): Assets {
  if (kind === 'meta_ad_account') return { adAccountId: accountId.replace(/^act_/, '') };
  if (kind === 'meta_pixel') return {};
  const pageId = facts.profile_id === undefined ? undefined : String(facts.profile_id);
  return kind === 'instagram_page_account' ? { pageId, instagramId: accountId } : { pageId };
}

function liveToken(facts: DebugToken, kind: ConnectionKind, assets: Assets): LiveToken {
  const grantedScopes = scopesOf(facts, assets);
  return {
    alive: true,
    expiresAt: instantOf(facts.expires_at),
    dataAccessExpiresAt: dataAccessEndOf(facts, kind),
    grantedScopes,
    missingScopes: missingScopesOf(kind, grantedScopes),
  };
}

/**
 * When access to data ends, for the kinds that end with it (L-16): of what is connected here only Instagram accounts, since no
 * `instagram_*` permission is on Meta's list of those that don't expire, and all of Pages, business, insights and ads are.
 */
export function dataAccessEndOf(facts: DebugToken, kind: ConnectionKind): Date | null {
  return kind === 'instagram_page_account' ? instantOf(facts.data_access_expires_at) : null;
}
