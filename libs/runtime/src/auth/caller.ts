import type { CallerKind } from '../settings/identity-settings.ts';

/** Who calls: a person of the product, or one of the operator's services. An identity is (issuer, subject). */
export interface Caller {
  readonly kind: CallerKind;
  readonly issuer: string;
  readonly subject: string;
  readonly name?: string;
  readonly email?: string;
  /** Services only; empty for people, whose roles are in the directory. */
  readonly scopes: readonly string[];
  /** Services that the operator limited to these workspaces. */
  readonly workspaces?: readonly string[];
  /** The header Mooring-Acting-Workspace: the workspace that a hub admin acts in. */
  readonly actingWorkspace?: string;
}

/** The header by which a hub admin says in which workspace to act. */
export const ACTING_WORKSPACE_HEADER = 'mooring-acting-workspace';
