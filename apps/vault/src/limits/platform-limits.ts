import type { PlatformAdapter } from '@mooring/adapters-core';
import { Injectable } from '@nestjs/common';
import { AppLimits } from './app-limits.ts';
import { LimitBounds } from './limit-bounds.ts';
import { LimitNews } from './limit-news.ts';
import { LimitTime, PermitLedger, type PlatformApp } from './ports.ts';

/** The app that an adapter speaks for. */
export function appOf({ platform, credentials }: PlatformAdapter): PlatformApp {
  return { platform, clientId: credentials.clientId };
}

/** The limits of every app, made when it is first called. */
@Injectable()
export class PlatformLimits {
  readonly #apps = new Map<string, AppLimits>();

  constructor(
    private readonly ledger: PermitLedger,
    private readonly time: LimitTime,
    private readonly bounds: LimitBounds,
    private readonly news: LimitNews,
  ) {}

  of(adapter: PlatformAdapter): AppLimits {
    const app = appOf(adapter);
    const name = `${app.platform} ${app.clientId}`;
    let limits = this.#apps.get(name);
    if (!limits) {
      const { ledger, time, bounds, news } = this;
      this.#apps.set(name, (limits = new AppLimits(app, { ledger, time, bounds, news })));
    }
    return limits;
  }
}
