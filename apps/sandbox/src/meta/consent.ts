import type { FacebookPerson } from './people.ts';
import { emptyPersonState } from './state.ts';
import { TokenBook } from './tokens.ts';
import type { FacebookWorld } from './world.ts';

export interface ConsentChoice {
  asked: string[];
  ticked: string[];
  /** Null: every Page. */
  pages: string[] | null;
}

export interface ConsentOutcome {
  granted: string[];
  denied: string[];
}

/** Writes down what a person decided in the dialog. Going through it also ends a checkpoint. */
export function giveConsent(world: FacebookWorld, person: FacebookPerson, choice: ConsentChoice): ConsentOutcome {
  const state = world.stateOf(person);
  state.permissions.public_profile = 'granted';
  for (const permission of choice.asked) {
    if (permission === 'public_profile') continue;
    state.permissions[permission] = choice.ticked.includes(permission) ? 'granted' : 'declined';
  }
  const every = choice.pages === null || person.roles.every((role) => choice.pages?.includes(role.pageId));
  state.selectedPages = every ? null : choice.pages;
  state.consentedAtMs = world.clock.nowMs();
  state.checkpointed = false;
  state.unconfirmed = false;
  world.changed();
  return {
    granted: world.grantedPermissions(person),
    denied: Object.keys(state.permissions).filter((permission) => state.permissions[permission] === 'declined'),
  };
}

/**
 * Takes the app out of the person's account. The subcode tells later callers how: 458 by the person, 466 by the
 * app's own call.
 */
export function withdrawConsent(world: FacebookWorld, person: FacebookPerson, subcode: 458 | 466): void {
  new TokenBook(world).kill(person, { subcode, by: subcode === 466 ? 'app' : 'control' });
  const { lostRoles } = world.stateOf(person);
  world.state.people[person.id] = { ...emptyPersonState(), lostRoles };
  world.changed();
}
