import type { OfferedAccount, Reason, Secret } from '@mooring/contracts';
import { type DiscoveredAccount, mapBounded, PlatformFailure } from '@mooring/adapters-core';
import { nameOf } from '../graph/presentation.ts';
import type { FacebookEndpoints } from './endpoints.ts';
import { scopesOf } from './granted-scopes.ts';
import { type Graph, unlessRefused } from './graph.ts';
import { readList } from './list.ts';
import {
  type AdAccount,
  AdAccountAnswer,
  AdAccountsAnswer,
  type DebugToken,
  type Pixel,
  PixelAnswer,
  PixelsAnswer,
} from './schemas.ts';
import { missingScopesOf } from './scopes.ts';
import type { DiscoveryBounds } from './settings.ts';

const AD_ACCOUNT_FIELDS = 'id,name,account_status';
const PIXEL_FIELDS = 'id,name,is_unavailable';

/** States of an ad account in which nothing runs (Marketing API, `account_status`); any other can be worked with. */
const OFF_STATES: ReadonlyMap<number, { readonly reason: Reason; readonly means: string }> = new Map([
  [2, { reason: 'account_suspended', means: 'the ad account is disabled' }],
  [3, { reason: 'account_suspended', means: 'the ad account has an unpaid balance' }],
  [7, { reason: 'security_check', means: 'the ad account awaits a risk review' }],
  [100, { reason: 'account_suspended', means: 'the ad account is about to be closed' }],
  [101, { reason: 'account_suspended', means: 'the ad account is closed' }],
  [202, { reason: 'account_suspended', means: 'the ad account is closed' }],
]);

interface Dependencies {
  readonly graph: Graph;
  readonly endpoints: FacebookEndpoints;
  readonly bounds: DiscoveryBounds;
}

/** A person's ad accounts and their pixels (L-06). They have no tokens of their own: the person's serves them. */
export class AdAccounts {
  readonly #graph: Graph;
  readonly #endpoints: FacebookEndpoints;
  readonly #bounds: DiscoveryBounds;

  constructor({ graph, endpoints, bounds }: Dependencies) {
    this.#graph = graph;
    this.#endpoints = endpoints;
    this.#bounds = bounds;
  }

  /** Ad accounts, each followed by its pixels; a pixel that several ad accounts share stands once. */
  async discover(token: Secret, person: DebugToken): Promise<DiscoveredAccount[]> {
    const list = { url: this.#endpoints.adAccountsUrl, fields: AD_ACCOUNT_FIELDS, schema: AdAccountsAnswer };
    const accounts = await unlessRefused(readList<AdAccount>(this.#graph, token, list), []);
    const found = await mapBounded(
      accounts.slice(0, this.#bounds.adAccountsMax),
      this.#bounds.concurrency,
      async (one) => {
        const pixels = await this.#pixelsOf(token, one.id);
        return [offerOfAdAccount(one, person), ...pixels.map((pixel) => offerOfPixel(pixel, one, person))];
      },
    );
    const byId = new Map(found.flat().map((offer) => [offer.offered.accountId, offer]));
    return [...byId.values()];
  }

  /** Why an ad account is of no use although the token lives; null where it is of use. */
  async whyOff(token: Secret, accountId: string): Promise<PlatformFailure | null> {
    const query = { fields: AD_ACCOUNT_FIELDS };
    const call = { url: this.#endpoints.nodeUrl(accountId), query, schema: AdAccountAnswer, what: 'ad account' };
    return whyLost(async () => whyDisabled(await this.#graph.read(token, call)));
  }

  /** As {@link whyOff}, for a pixel. */
  async whyPixelOff(token: Secret, pixelId: string): Promise<PlatformFailure | null> {
    const query = { fields: PIXEL_FIELDS };
    const call = { url: this.#endpoints.nodeUrl(pixelId), query, schema: PixelAnswer, what: 'pixel' };
    return whyLost(async () => whyUnavailable(await this.#graph.read(token, call)));
  }

  #pixelsOf(token: Secret, adAccountId: string): Promise<Pixel[]> {
    const list = { url: this.#endpoints.edgeUrl(adAccountId, 'adspixels'), fields: PIXEL_FIELDS, schema: PixelsAnswer };
    return unlessRefused(readList<Pixel>(this.#graph, token, list), []);
  }
}

function offerOfAdAccount(account: AdAccount, person: DebugToken): DiscoveredAccount {
  const isOff = whyDisabled(account) !== null;
  const shown = { accountId: account.id, kind: 'meta_ad_account', displayName: nameOf(account.name) ?? account.id };
  return offerOf(shown, isOff, scopesOf(person, { adAccountId: account.id.replace(/^act_/, '') }));
}

function offerOfPixel(pixel: Pixel, account: AdAccount, person: DebugToken): DiscoveredAccount {
  const accountId = String(pixel.id);
  const shown = { accountId, kind: 'meta_pixel', displayName: nameOf(pixel.name) ?? `Pixel ${accountId}` };
  const grantedScopes = scopesOf(person, { adAccountId: account.id.replace(/^act_/, '') });
  return offerOf(shown, whyUnavailable(pixel) !== null, grantedScopes);
}

function offerOf(
  shown: Pick<OfferedAccount, 'accountId' | 'kind' | 'displayName'>,
  isOff: boolean,
  grantedScopes: string[],
): DiscoveredAccount {
  const missingScopes = missingScopesOf(shown.kind, grantedScopes);
  const why = missingScopes.length > 0 ? 'not_granted' : isOff ? 'no_token' : null;
  const reasoned = { selectable: why === null, unselectableReason: why } as const;
  return {
    offered: { ...shown, username: null, avatarUrl: null, ...reasoned },
    token: null,
    grantedScopes,
    missingScopes,
  };
}

function whyDisabled({ account_status: state }: AdAccount): PlatformFailure | null {
  const off = state === undefined ? undefined : OFF_STATES.get(state);
  return off ? actionRequired(off.reason, off.means) : null;
}

function whyUnavailable({ is_unavailable: isUnavailable }: Pixel): PlatformFailure | null {
  return isUnavailable ? actionRequired('account_suspended', 'the pixel is unavailable') : null;
}

/** The person's permission holds (it was asked for before): a refusal for this one asset means the role on it is lost. */
async function whyLost(ask: () => Promise<PlatformFailure | null>): Promise<PlatformFailure | null> {
  try {
    return await ask();
  } catch (error) {
    const isLost =
      error instanceof PlatformFailure && (error.class === 'permission_missing' || error.platformCode === '100/33');
    if (!isLost) throw error;
    return actionRequired('role_lost', error.message, error.platformCode);
  }
}

function actionRequired(reason: Reason, detail: string, platformCode: string | null = null): PlatformFailure {
  return new PlatformFailure({ class: 'user_action_required', reason, detail, platformCode });
}
