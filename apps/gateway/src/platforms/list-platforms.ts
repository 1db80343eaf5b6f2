import { platformNames, PLATFORMS } from '@mooring/adapters';
import { fillText, type Platform, PROBLEMS } from '@mooring/contracts';
import type { Caller } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import { mayMend, type Standing, WorkspaceAccess } from '../access/workspace-access.ts';
import { Plans } from '../directory/plan-matrix.ts';
import { Transactions } from '../storage/ports.ts';
import type { PlanUse, PlatformList, PlatformOffer, UNAVAILABLE_REASONS } from './platforms.dto.ts';
import { Platforms } from './ports.ts';

type UnavailableReason = (typeof UNAVAILABLE_REASONS)[number];

/** L-01: shown, so that people know, but they can't be chosen. */
const COMING_SOON = [
  { platform: 'telegram', name: 'Telegram', accountsName: 'Channels' },
  { platform: 'threads', name: 'Threads', accountsName: 'Threads profiles' },
  { platform: 'youtube', name: 'YouTube', accountsName: 'Channels' },
  { platform: 'pinterest', name: 'Pinterest', accountsName: 'Pinterest accounts' },
] as const;

/** What can be connected in a workspace, what it needs, and why not. */
@Injectable()
export class ListPlatforms {
  constructor(
    private readonly transactions: Transactions,
    private readonly access: WorkspaceAccess,
    private readonly platforms: Platforms,
    private readonly plans: Plans,
  ) {}

  run(caller: Caller, workspaceId: string): Promise<PlatformList> {
    return this.transactions.inWorkspace(workspaceId, async (stores) => {
      const standing = await this.access.enterWithin(stores, caller, workspaceId);
      const { plan } = standing.workspace;
      const use = { plan, limit: this.plans.of(plan).accountsMax, used: await stores.connections.countUsed() };
      return {
        data: [...PLATFORMS.map((platform) => this.#offer(platform, standing, use)), ...comingSoon()],
        plan: use,
      };
    });
  }

  #offer(platform: Platform, standing: Standing, use: PlanUse): PlatformOffer {
    const { name, accounts } = platformNames(platform);
    const reason = this.#whyNot(platform, standing, use);
    const message = reason ? messageOf(reason, { Platform: name, Limit: use.limit, Used: use.used }) : null;
    const requirements = [...(this.platforms.get(platform)?.adapter.requirements ?? [])];
    return { platform, name, accountsName: accounts, available: reason === null, reason, message, requirements };
  }

  #whyNot(platform: Platform, standing: Standing, use: PlanUse): UnavailableReason | null {
    if (!this.platforms.isSupported(platform)) return 'coming_soon';
    if (!this.plans.of(standing.workspace.plan).platforms.includes(platform)) return 'plan';
    if (!this.platforms.get(platform)) return 'not_configured';
    if (!mayMend(standing)) return 'role';
    return use.used >= use.limit ? 'plan_limit' : null;
  }
}

function messageOf(reason: UnavailableReason, parameters: Record<string, string | number>): string {
  const texts: Record<UnavailableReason, string> = {
    plan: PROBLEMS.platform_not_on_plan.detail,
    plan_limit: PROBLEMS.plan_limit_reached.detail,
    role: PROBLEMS.role_not_allowed.detail,
    not_configured: '{Platform} is not set up here yet.',
    coming_soon: '{Platform} is coming soon.',
  };
  return fillText(texts[reason], parameters);
}

function comingSoon(): PlatformOffer[] {
  return COMING_SOON.map((platform) => ({
    ...platform,
    available: false,
    reason: 'coming_soon',
    message: messageOf('coming_soon', { Platform: platform.name }),
    requirements: [],
  }));
}
