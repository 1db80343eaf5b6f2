import { createHash } from 'node:crypto';
import type { PlayedPerson } from './profile.ts';
import type { TokenRecord } from './state.ts';
import { rotationOf } from './rotation.ts';
import type { OAuthWorld } from './world.ts';

const TOKENS_SHOWN = 12;

const instant = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

function describeToken(world: OAuthWorld, token: TokenRecord) {
  const problem = world.grants.problem(token);
  return {
    /** First hex digits of the token's SHA-256; never the token. */
    fingerprint: createHash('sha256').update(token.value).digest('hex').slice(0, 8),
    kind: token.kind,
    family: token.familyId,
    scopes: token.scopes,
    issuedAt: instant(token.issuedAtMs),
    expiresAt: instant(token.expiresAtMs),
    valid: problem === undefined,
    ...(problem === undefined ? {} : { problem: token.end?.reason ?? problem }),
  };
}

export function describePerson(world: OAuthWorld, person: PlayedPerson) {
  const state = world.stateOf(person);
  const tokens = world.grants.ofPerson(person);
  const live = tokens.filter((token) => world.grants.problem(token) === undefined);
  return {
    id: person.id,
    subjectId: person.subjectId,
    name: person.name,
    about: person.about,
    connected: state.scopes !== null,
    scopes: state.scopes ?? [],
    suspended: state.suspended,
    accounts: person.accounts.map((account) => ({ ...account, roleLost: state.lostAccounts.includes(account.id) })),
    tokenCount: tokens.length,
    liveTokenCount: live.length,
    tokens: tokens
      .slice(-TOKENS_SHOWN)
      .reverse()
      .map((token) => describeToken(world, token)),
  };
}

export type PersonOverview = ReturnType<typeof describePerson>;

export function describeWorld(world: OAuthWorld) {
  return {
    now: new Date(world.clock.nowMs()).toISOString(),
    offsetMs: world.clock.offsetMs,
    rotation: rotationOf(world),
    switches: world.state.switches,
    fault: world.faults.current() ?? null,
    nextDialog: world.nextDialog ?? null,
    nextToken: world.nextToken ?? null,
    notices: world.notices.names(),
    people: world.profile.people.map((person) => describePerson(world, person)),
  };
}
