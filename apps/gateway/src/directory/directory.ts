import type { PlanCode, RoleCode } from '@mooring/contracts';

/** Plans of a workspace; what each allows is the plan matrix, a setting. */
export const PLANS = ['free', 'starter', 'professional', 'enterprise'] as const satisfies readonly PlanCode[];
/** Roles in a workspace, the highest first. */
export const ROLES = ['owner', 'admin', 'editor', 'viewer'] as const satisfies readonly RoleCode[];

/** A customer's organisation with several workspaces. */
export interface Hub {
  id: string;
  name: string;
  version: number;
}

/** A person who may enter every workspace of a hub. A removed one's row stays, as a member's does. */
export interface HubAdmin {
  hubId: string;
  subject: string;
  name: string;
  email: string | null;
  locale: string | null;
  removed: boolean;
  version: number;
}

/** What owns connections. */
export interface Workspace {
  id: string;
  hubId: string;
  name: string;
  plan: PlanCode;
  timeZone: string;
  version: number;
}

/** A person in a workspace. A removed member's row stays, so that its version goes on growing. */
export interface Member {
  workspaceId: string;
  subject: string;
  role: RoleCode;
  name: string;
  email: string | null;
  locale: string | null;
  removed: boolean;
  version: number;
}
