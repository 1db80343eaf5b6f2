import type { Secret } from '@mooring/contracts';
import type { Api } from './calls.ts';
import { type Role, RolesAnswer } from './schemas.ts';
import { DISCOVERY_BOUNDS } from './settings.ts';

/** A Page and every approved role that the member has on it. */
export interface OrganizationRoles {
  /** Digits, as text whatever their number. */
  readonly organizationId: string;
  /** Its URN says so; since 2024 the same Page also goes by an organization's URN. */
  readonly isShowcase: boolean;
  readonly roles: ReadonlySet<string>;
}

/** The member's token, and how old it is where that is known. */
export interface MemberToken {
  readonly value: Secret;
  readonly issuedAt: Date | null;
}

/** Roles that may post as the Page; the posts API spells the third one otherwise than the roles API (posts-api, permissions). */
const POSTING_ROLES = ['ADMINISTRATOR', 'CONTENT_ADMINISTRATOR', 'CONTENT_ADMIN', 'DIRECT_SPONSORED_CONTENT_POSTER'];

const ORGANIZATION_URN = /^urn:li:(organization|organizationBrand):(\d{1,20})$/;

/** True where one of the roles lets the member post as the Page. */
export function mayPost({ roles }: OrganizationRoles): boolean {
  return POSTING_ROLES.some((role) => roles.has(role));
}

/** Reads which Pages a member has roles on. Rows of people, and roles that were taken away or only asked for, are none. */
export class RoleLists {
  readonly #api: Api;
  readonly #url: string;

  constructor(api: Api, url: string) {
    this.#api = api;
    this.#url = url;
  }

  /** Every Page, each once. Bounded: a list without end ends. */
  async ofMember(token: MemberToken): Promise<readonly OrganizationRoles[]> {
    const pages = new Map<string, OrganizationRoles & { roles: Set<string> }>();
    const { rowsPerPortion, portionsMax } = DISCOVERY_BOUNDS;
    let start = 0;
    for (let portion = 0; portion < portionsMax; portion += 1) {
      const { elements, paging } = await this.#portion(token, start);
      for (const row of elements) add(pages, row);
      const hasMore = elements.length >= rowsPerPortion || paging?.links?.some(({ rel }) => rel === 'next');
      if (!hasMore || elements.length === 0) break;
      // A portion may be smaller than what was asked for.
      start += elements.length;
    }
    return [...pages.values()];
  }

  #portion(token: MemberToken, start: number) {
    return this.#api.get(token.value, {
      url: this.#url,
      query: {
        q: 'roleAssignee',
        state: 'APPROVED',
        start: String(start),
        count: String(DISCOVERY_BOUNDS.rowsPerPortion),
      },
      schema: RolesAnswer,
      what: 'organizationAcls',
      issuedAt: token.issuedAt,
    });
  }
}

function add(pages: Map<string, OrganizationRoles & { roles: Set<string> }>, row: Role): void {
  const urn = row.organization ?? row.organizationTarget ?? row.organizationalTarget ?? '';
  const [, type, organizationId] = ORGANIZATION_URN.exec(urn) ?? [];
  const isApproved = (row.state ?? 'APPROVED') === 'APPROVED';
  if (!organizationId || !isApproved || !row.role) return;
  const page = pages.get(organizationId);
  if (page) page.roles.add(row.role);
  else
    pages.set(organizationId, { organizationId, isShowcase: type === 'organizationBrand', roles: new Set([row.role]) });
}
