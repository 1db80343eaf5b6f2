import { platformNames } from '@mooring/adapters';
import { MooringError, type Platform } from '@mooring/contracts';
import type { Caller } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import { WorkspaceAccess } from '../access/workspace-access.ts';
import { requireMender } from '../connections/connection-door.ts';
import type { Workspace } from '../directory/directory.ts';
import { Plans } from '../directory/plan-matrix.ts';
import { type Stores, Transactions } from '../storage/ports.ts';
import { BeginSession } from './begin-session.ts';
import type { CreatedConnectSession } from './connect-sessions.dto.ts';

/** What a person wants to connect. */
export interface CreateConnectSessionInput {
  readonly workspaceId: string;
  readonly platform: Platform;
  readonly returnUrl: string;
  readonly rerequest?: boolean;
}

/** Throws MooringError `platform_not_on_plan`. */
export function requirePlatformOnPlan(plans: Plans, workspace: Workspace, platform: Platform): void {
  if (plans.of(workspace.plan).platforms.includes(platform)) return;
  throw new MooringError('platform_not_on_plan', { parameters: { Platform: platformNames(platform).name } });
}

/** Throws MooringError `plan_limit_reached` where so many more accounts have no room (C81: broken ones count). */
export async function requireRoom(
  plans: Plans,
  stores: Stores,
  workspace: Workspace,
  additional: number,
): Promise<void> {
  if (additional === 0) return;
  const limit = plans.of(workspace.plan).accountsMax;
  const used = await stores.connections.countUsed();
  if (used + additional > limit)
    throw new MooringError('plan_limit_reached', { parameters: { Limit: limit, Used: used } });
}

/** Begins to connect accounts of a platform: role, plan and return address are checked before anybody leaves. */
@Injectable()
export class CreateConnectSession {
  constructor(
    private readonly transactions: Transactions,
    private readonly access: WorkspaceAccess,
    private readonly plans: Plans,
    private readonly begin: BeginSession,
  ) {}

  run(caller: Caller, input: CreateConnectSessionInput): Promise<CreatedConnectSession> {
    const { workspaceId, platform, returnUrl, rerequest = false } = input;
    return this.transactions.inWorkspace(workspaceId, async (stores) => {
      const standing = await this.access.enterWithin(stores, caller, workspaceId);
      requireMender(standing, platform);
      requirePlatformOnPlan(this.plans, standing.workspace, platform);
      this.begin.configured(platform);
      await requireRoom(this.plans, stores, standing.workspace, 1);
      return this.begin.run(stores, standing, { platform, returnUrl, rerequest, connectionId: null });
    });
  }
}
