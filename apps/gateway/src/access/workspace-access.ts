import { type ActorData, MooringError, type RoleCode } from '@mooring/contracts';
import type { Caller } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import type { Workspace } from '../directory/directory.ts';
import { type Stores, Transactions } from '../storage/ports.ts';

/** In which role somebody is in a workspace now. */
export type EffectiveRole = RoleCode | 'hub_admin' | 'service';

/** A caller who may be in a workspace. */
export interface Standing {
  readonly workspace: Workspace;
  readonly role: EffectiveRole;
  readonly caller: Caller;
  /** How the caller stands in events and histories. */
  readonly actor: ActorData;
}

const MENDING_ROLES: readonly EffectiveRole[] = ['owner', 'admin', 'hub_admin'];

/** L-03: owners, admins and acting hub admins connect, reconnect, refresh and disconnect; the others see. */
export function mayMend({ role }: Pick<Standing, 'role'>): boolean {
  return MENDING_ROLES.includes(role);
}

/** `entry` is the caller's row of the directory, whose name people know better than a token's. */
function standing(
  workspace: Workspace,
  role: EffectiveRole,
  caller: Caller,
  entry?: { readonly name: string },
): Standing {
  const onBehalfOfWorkspace = role === 'hub_admin';
  const actor = { subject: caller.subject, name: entry?.name || caller.name || null, onBehalfOfWorkspace };
  return { workspace, role, caller, actor };
}

/** Lets callers into workspaces. A workspace that somebody may not see doesn't exist for them. */
@Injectable()
export class WorkspaceAccess {
  constructor(private readonly transactions: Transactions) {}

  /** Throws MooringError `not_found`, or `acting_workspace_required` to a hub admin who didn't say where to act. */
  enter(caller: Caller, workspaceId: string): Promise<Standing> {
    return this.transactions.inWorkspace(workspaceId, (stores) => this.enterWithin(stores, caller, workspaceId));
  }

  /** The workspace of a connection, entered. */
  async enterConnection(caller: Caller, connectionId: string): Promise<Standing> {
    const workspaceId = await this.transactions.lookup.ofConnection(connectionId);
    if (!workspaceId) throw new MooringError('not_found');
    return this.enter(caller, workspaceId);
  }

  /** As {@link enter}, within a transaction that sees the workspace. */
  async enterWithin(stores: Stores, caller: Caller, workspaceId: string): Promise<Standing> {
    const workspace = await stores.directory.workspace(workspaceId);
    if (!workspace) throw new MooringError('not_found');
    if (caller.kind === 'services') return this.#service(caller, workspace);
    const admin = await stores.directory.hubAdmin(workspace.hubId, caller.subject);
    if (admin && caller.actingWorkspace === workspaceId) return standing(workspace, 'hub_admin', caller, admin);
    const member = await stores.directory.member(workspaceId, caller.subject);
    if (member) return standing(workspace, member.role, caller, member);
    throw new MooringError(admin ? 'acting_workspace_required' : 'not_found');
  }

  #service(caller: Caller, workspace: Workspace): Standing {
    if (caller.workspaces && !caller.workspaces.includes(workspace.id)) throw new MooringError('not_found');
    return standing(workspace, 'service', caller);
  }
}
