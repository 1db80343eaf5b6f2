import type { MyWorkspace } from '../api/model.ts';

const ROLE_NAMES: Readonly<Record<MyWorkspace['role'], string>> = {
  owner: 'Owner',
  admin: 'Admin',
  editor: 'Editor',
  viewer: 'Viewer',
  hub_admin: 'Hub admin',
};

/** A role as people call it. */
export function roleName(role: MyWorkspace['role']): string {
  return ROLE_NAMES[role];
}

/** L-03: who connects, reconnects and disconnects. */
export function mayManage(role: MyWorkspace['role']): boolean {
  return role === 'owner' || role === 'admin' || role === 'hub_admin';
}

/** Said wherever a person sees an action that they may not take. */
export const WHO_CAN = 'Owners and admins of this workspace connect, reconnect and disconnect.';
