import { withdrawConsent } from '../meta/consent.ts';
import type { FacebookPerson } from '../meta/people.ts';
import { TokenBook } from '../meta/tokens.ts';
import type { FacebookWorld } from '../meta/world.ts';

export interface PersonAct {
  label: string;
  apply: (world: FacebookWorld, person: FacebookPerson) => void;
}

/** What can happen to a person's account at Facebook, by the last part of the control route. */
export const PERSON_ACTS: Record<string, PersonAct> = {
  'password-changed': {
    label: 'Password changed',
    apply: (world, person) => new TokenBook(world).kill(person, { subcode: 460, by: 'control' }),
  },
  'app-removed': {
    label: 'App removed',
    apply: (world, person) => withdrawConsent(world, person, 458),
  },
  checkpoint: {
    label: 'Checkpoint',
    apply: (world, person) => {
      world.stateOf(person).checkpointed = true;
    },
  },
  unconfirmed: {
    label: 'Unconfirmed',
    apply: (world, person) => {
      world.stateOf(person).unconfirmed = true;
    },
  },
  'logged-out': {
    // Page tokens of a long-lived login outlive a log-out.
    label: 'Logged out',
    apply: (world, person) => new TokenBook(world).kill(person, { subcode: 467, by: 'control' }, ['user']),
  },
  suspended: {
    label: 'Account suspended',
    apply: (world, person) => {
      world.stateOf(person).checkpointed = true;
    },
  },
  deleted: {
    label: 'Account deleted',
    apply: (world, person) => withdrawConsent(world, person, 458),
  },
  'access-expired': {
    label: 'Tokens expire',
    apply: (world, person) => new TokenBook(world).expire(person),
  },
  restore: {
    label: 'Restore',
    apply: (world, person) => {
      const state = world.stateOf(person);
      state.checkpointed = false;
      state.unconfirmed = false;
      state.lostRoles = [];
      new TokenBook(world).reviveKilledByControl(person);
    },
  },
};
