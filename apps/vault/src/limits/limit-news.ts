import { Metrics } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import { AppAlerts } from './app-alerts.ts';
import type { BreakerState, PlatformApp, Trip } from './ports.ts';
import type { RefusalCause } from './refusals.ts';

const BREAKER = {
  name: 'mooring_vault_platform_breaker',
  help: 'Breaker of the app at a platform, as this replica saw it last: 0 closed, 1 one call may try, 2 open.',
  labels: ['platform'],
} as const;
const PERMITS = {
  name: 'mooring_vault_platform_permits_total',
  help: 'Calls to a platform that this replica was allowed to begin.',
  labels: ['platform'],
} as const;
const PLACES = {
  name: 'mooring_vault_platform_places',
  help: 'Calls to a platform that this replica may have under way at once.',
  labels: ['platform'],
} as const;
const REFUSED = {
  name: 'mooring_vault_platform_refused_total',
  help: 'Calls to a platform that were not made, by what stood against them.',
  labels: ['platform', 'cause'],
} as const;
const HELD = {
  name: 'mooring_vault_platform_held_grants',
  help: 'Grants that a platform asked to stay away from.',
  labels: ['platform'],
} as const;

/** What the limits tell: counts, the operator's alert, and whoever looks into a breaker that has opened. */
@Injectable()
export class LimitNews {
  #onMisconfigured: () => void = () => undefined;

  constructor(
    private readonly metrics: Metrics,
    private readonly alerts: AppAlerts,
  ) {}

  /** Calls `listener` when a platform said that the app is not set up right. */
  listen(listener: () => void): void {
    this.#onMisconfigured = listener;
  }

  breaker({ platform }: PlatformApp, { breaker, openUntilMs }: BreakerState, nowMs: number): void {
    const mayTry = openUntilMs !== null && openUntilMs <= nowMs;
    this.metrics.gauge(BREAKER).set({ platform }, breaker === 'closed' ? 0 : mayTry ? 1 : 2);
  }

  share({ platform }: PlatformApp, places: number, held: number): void {
    this.metrics.gauge(PLACES).set({ platform }, places);
    this.metrics.gauge(HELD).set({ platform }, held);
  }

  begun({ platform }: PlatformApp): void {
    this.metrics.counter(PERMITS).inc({ platform });
  }

  refused({ platform }: PlatformApp, cause: RefusalCause): void {
    this.metrics.counter(REFUSED).inc({ platform, cause });
  }

  /** A platform said that the app is not set up right: one alert, however many calls say so. */
  async misconfigured(app: PlatformApp, { detail }: Pick<Trip, 'detail'>): Promise<void> {
    await this.alerts.raise(app, detail);
    this.#onMisconfigured();
  }

  /** Calls work again. */
  async recovered(app: PlatformApp): Promise<void> {
    await this.alerts.clear(app);
  }
}
