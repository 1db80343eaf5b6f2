import type { Values } from '../request-values.ts';
import { emptyPersonState, type End } from './state.ts';
import type { PlayedPerson } from './profile.ts';
import type { OAuthWorld } from './world.ts';

export interface PersonAct {
  label: string;
  /** `options` is what the control call said. */
  apply: (world: OAuthWorld, person: PlayedPerson, options: Values) => void;
}

const byControl = (reason: End['reason']): End => ({ reason, by: 'control' });

function expireAll(world: OAuthWorld, person: PlayedPerson, kind: 'access' | 'refresh'): void {
  for (const token of world.grants.ofPerson(person)) {
    if (token.kind === kind) token.expiresAtMs = Math.min(token.expiresAtMs ?? Infinity, world.clock.nowMs());
  }
}

/** Takes the app out of the person's account. */
export function disconnect(world: OAuthWorld, person: PlayedPerson, end: End): void {
  world.grants.endPerson(person, end);
  const { suspended, lostAccounts } = world.stateOf(person);
  world.state.people[person.id] = { ...emptyPersonState(), suspended, lostAccounts };
}

/** What can happen to a person's account at every platform, by the last part of the control route. */
export const PERSON_ACTS: Record<string, PersonAct> = {
  'app-removed': {
    label: 'App removed in settings',
    apply: (world, person) => disconnect(world, person, byControl('removed')),
  },
  'password-changed': {
    label: 'Password changed',
    apply: (world, person) => world.grants.endPerson(person, byControl('password-changed')),
  },
  suspended: {
    label: 'Account suspended',
    apply: (world, person) => {
      world.stateOf(person).suspended = true;
    },
  },
  deleted: {
    label: 'Account deleted',
    apply: (world, person) => disconnect(world, person, byControl('deleted')),
  },
  'access-expired': {
    label: 'Access tokens expire',
    apply: (world, person) => expireAll(world, person, 'access'),
  },
  'refresh-expired': {
    label: 'Refresh tokens expire',
    apply: (world, person) => expireAll(world, person, 'refresh'),
  },
  restore: {
    label: 'Restore',
    apply: (world, person) => {
      const state = world.stateOf(person);
      state.suspended = false;
      state.lostAccounts = [];
      world.grants.reviveEndedByControl(person);
    },
  },
};
