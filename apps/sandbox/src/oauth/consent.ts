import type { AuthorizeRequest } from './authorize-request.ts';
import type { PlayedPerson } from './profile.ts';
import type { OAuthWorld } from './world.ts';

const sameSet = (one: string[], other: string[]): boolean =>
  one.length === other.length && one.every((entry) => other.includes(entry));

/** Writes down that a person agreed to scopes, with what it means for tokens given before. */
export function giveConsent(world: OAuthWorld, person: PlayedPerson, scopes: string[]): void {
  const state = world.stateOf(person);
  const changes = state.scopes !== null && !sameSet(state.scopes, scopes);
  if (changes && world.profile.scopeChangeEndsTokens === true) {
    world.grants.endPerson(person, { reason: 'scope-changed', by: 'app' });
  }
  state.scopes = scopes;
  state.consentedAtMs = world.clock.nowMs();
  world.changed();
}

/** A person agrees on the consent page. Without `ticked`, and where nothing can be unticked, to all that is asked. */
export function approve(
  world: OAuthWorld,
  person: PlayedPerson,
  request: AuthorizeRequest,
  ticked: string[] | undefined,
): { code: string; granted: string[] } {
  const chosen = world.profile.partialConsent ? ticked : undefined;
  const granted = request.scopes.filter((scope) => chosen?.includes(scope) ?? true);
  giveConsent(world, person, granted);
  const { redirectUri, challenge } = request;
  const code = world.codes.issue({ person, scopes: granted, redirectUri, challenge });
  return { code: code.value, granted };
}
