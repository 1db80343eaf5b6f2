import { createHash } from 'node:crypto';
import { pageById } from '../meta/pages.ts';
import { PEOPLE, type FacebookPerson } from '../meta/people.ts';
import type { FacebookSwitches, TokenRecord } from '../meta/state.ts';
import { TokenBook } from '../meta/tokens.ts';
import type { FacebookWorld } from '../meta/world.ts';

const TOKENS_SHOWN = 12;
const PAGES_SHOWN = 12;

export interface TokenOverview {
  /** First hex digits of the token's SHA-256; never the token. */
  fingerprint: string;
  kind: 'user' | 'page';
  pageId?: string;
  longLived: boolean;
  issuedAt: string;
  expiresAt: string | null;
  valid: boolean;
  subcode?: number;
}

function describeToken(world: FacebookWorld, token: TokenRecord): TokenOverview {
  const refusal = new TokenBook(world).refusal(token)?.details;
  return {
    fingerprint: createHash('sha256').update(token.value).digest('hex').slice(0, 8),
    kind: token.kind,
    ...(token.pageId === undefined ? {} : { pageId: token.pageId }),
    longLived: token.longLived,
    issuedAt: new Date(token.issuedAtMs).toISOString(),
    expiresAt: token.expiresAtMs === null ? null : new Date(token.expiresAtMs).toISOString(),
    valid: refusal === undefined,
    ...(refusal?.subcode === undefined ? {} : { subcode: refusal.subcode }),
  };
}

/** What the control API of every platform says of a person, by the same names. */
function inCommonTerms(world: FacebookWorld, person: FacebookPerson) {
  const { lostRoles, checkpointed } = world.stateOf(person);
  const pages = person.roles.slice(0, PAGES_SHOWN).map(({ pageId: id }) => ({ id, name: pageById(id)?.name ?? id }));
  const accounts = [...pages, ...person.adAccounts.map(({ id, name }) => ({ id, name }))];
  return {
    subjectId: person.asid,
    connected: world.isAuthorized(person),
    suspended: checkpointed,
    scopes: world.grantedPermissions(person),
    accounts: accounts.map((account) => ({ ...account, roleLost: lostRoles.includes(account.id) })),
  };
}

export function describePerson(world: FacebookWorld, person: FacebookPerson) {
  const state = world.stateOf(person);
  const tokens = world.state.tokens.filter((token) => token.personId === person.id);
  const book = new TokenBook(world);
  return {
    id: person.id,
    ...inCommonTerms(world, person),
    liveTokenCount: tokens.filter((token) => book.refusal(token) === undefined).length,
    asid: person.asid,
    name: person.name,
    about: person.about,
    authorized: world.isAuthorized(person),
    permissions: state.permissions,
    selectedPages: state.selectedPages,
    checkpointed: state.checkpointed,
    unconfirmed: state.unconfirmed,
    pageCount: person.roles.length,
    pages: person.roles.slice(0, PAGES_SHOWN).map((role) => ({
      id: role.pageId,
      name: pageById(role.pageId)?.name ?? role.pageId,
      roleLost: state.lostRoles.includes(role.pageId),
    })),
    adAccounts: person.adAccounts.map(({ id, name, status, pixels }) => ({
      id,
      name,
      status,
      pixels,
      roleLost: state.lostRoles.includes(id),
    })),
    tokenCount: tokens.length,
    tokens: tokens
      .slice(-TOKENS_SHOWN)
      .reverse()
      .map((token) => describeToken(world, token)),
  };
}

export type PersonOverview = ReturnType<typeof describePerson>;

export function describeFacebook(world: FacebookWorld) {
  const switches: FacebookSwitches = world.state.switches;
  return {
    now: new Date(world.clock.nowMs()).toISOString(),
    offsetMs: world.clock.offsetMs,
    switches,
    fault: world.faults.current() ?? null,
    nextDialog: world.nextDialog ?? null,
    nextToken: world.nextToken ?? null,
    notices: world.notices.names(),
    people: PEOPLE.map((person) => describePerson(world, person)),
  };
}
