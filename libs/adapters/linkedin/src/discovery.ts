import { type Consent, type DiscoveredAccount, mapBounded } from '@mooring/adapters-core';
import type { UnselectableReason } from '@mooring/contracts';
import type { Api } from './calls.ts';
import { type MemberToken, mayPost, type OrganizationRoles, type RoleLists } from './organization-roles.ts';
import { NamesAnswer } from './schemas.ts';
import { missingOf } from './scopes.ts';
import { DISCOVERY_BOUNDS } from './settings.ts';

const NAME_LENGTH_MAX = 200;

type Names = Readonly<Record<string, { readonly localizedName?: string | null; readonly vanityName?: string | null }>>;

/** Finds every Company Page and showcase page behind a consent. The person's own profile is no account (C41). */
export class Discovery {
  readonly #api: Api;
  readonly #roles: RoleLists;
  readonly #lookupUrl: string;

  constructor(dependencies: { api: Api; roles: RoleLists; lookupUrl: string }) {
    this.#api = dependencies.api;
    this.#roles = dependencies.roles;
    this.#lookupUrl = dependencies.lookupUrl;
  }

  async discover({ tokens: { access }, grantedScopes }: Consent): Promise<DiscoveredAccount[]> {
    const pages = await this.#roles.ofMember(access);
    const names = await this.#namesOf(access, pages);
    const missingScopes = missingOf(grantedScopes);
    return pages.map((page) => {
      const why = whyUnselectable(page, missingScopes);
      const offered = { ...presentationOf(page, names), selectable: why === null, unselectableReason: why };
      // LinkedIn gives Pages no token of their own.
      return { offered, token: null, grantedScopes, missingScopes };
    });
  }

  async #namesOf(token: MemberToken, pages: readonly OrganizationRoles[]): Promise<Names> {
    const ids = pages.map(({ organizationId }) => organizationId);
    const { namesPerCall, concurrency } = DISCOVERY_BOUNDS;
    const portions = Array.from({ length: Math.ceil(ids.length / namesPerCall) }, (_, index) =>
      ids.slice(index * namesPerCall, (index + 1) * namesPerCall),
    );
    const answers = await mapBounded(portions, concurrency, (portion) =>
      this.#api.get(token.value, {
        url: this.#lookupUrl,
        // Rest.li 2.0 reads the list only unencoded.
        literalQuery: `ids=List(${portion.join(',')})`,
        schema: NamesAnswer,
        what: 'organizationsLookup',
        issuedAt: token.issuedAt,
      }),
    );
    return Object.assign({}, ...answers.map(({ results }) => results)) as Names;
  }
}

function whyUnselectable(page: OrganizationRoles, missingScopes: readonly string[]): UnselectableReason | null {
  if (missingScopes.length > 0) return 'not_granted';
  return mayPost(page) ? null : 'role_too_low';
}

/** Logos are given as URNs that no browser can load: there is no picture. */
function presentationOf({ organizationId, isShowcase }: OrganizationRoles, names: Names) {
  const { localizedName, vanityName } = names[organizationId] ?? {};
  const unnamed = `${isShowcase ? 'Showcase page' : 'Company Page'} ${organizationId}`;
  return {
    accountId: organizationId,
    kind: 'linkedin_organization',
    displayName: (localizedName?.trim() || unnamed).slice(0, NAME_LENGTH_MAX),
    username: vanityName?.trim().slice(0, NAME_LENGTH_MAX) || null,
    avatarUrl: null,
  };
}
