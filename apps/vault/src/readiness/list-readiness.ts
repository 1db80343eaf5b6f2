import { PLATFORMS } from '@mooring/adapters';
import type { Platform, PlatformReadiness } from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import { appOf } from '../limits/platform-limits.ts';
import { LimitTime } from '../limits/ports.ts';
import { AdapterRegistry } from '../platforms/ports.ts';
import { ReadinessRecords } from './readiness-records.ts';

const UNKNOWN = { breaker: 'closed', cause: null, detail: null, since: null, checkedAt: null, checks: [] } as const;

/** How the operator's app stands at each platform. */
@Injectable()
export class ListReadiness {
  constructor(
    private readonly registry: AdapterRegistry,
    private readonly records: ReadinessRecords,
    private readonly time: LimitTime,
  ) {}

  run(): Promise<PlatformReadiness[]> {
    return Promise.all(PLATFORMS.map((platform) => this.#one(platform)));
  }

  async #one(platform: Platform): Promise<PlatformReadiness> {
    const adapter = this.registry.get(platform);
    if (!adapter) return { platform, configured: false, ...UNKNOWN };
    const state = await this.records.stateOf(appOf(adapter));
    if (!state) return { platform, configured: true, ...UNKNOWN };
    const { breaker, cause, detail, since, checks, checkedAt, openUntilMs } = state;
    const mayTry = openUntilMs !== null && openUntilMs <= this.time.nowMs();
    return {
      platform,
      configured: true,
      breaker: breaker === 'open' && mayTry ? 'half_open' : breaker,
      cause,
      detail,
      since: since.toISOString(),
      checkedAt: checkedAt?.toISOString() ?? null,
      checks,
    };
  }
}
