import { PLATFORMS } from '@mooring/adapters';
import type { PlatformAdapter, ReadinessCheck } from '@mooring/adapters-core';
import type { DurationMs } from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import { appOf } from '../limits/platform-limits.ts';
import { AdapterRegistry } from '../platforms/ports.ts';
import { ConcludeReadiness } from './conclude-readiness.ts';
import { ReadinessRecords } from './readiness-records.ts';

/** How often the apps are tried. */
export abstract class ReadinessSettings {
  abstract readonly everyMs: DurationMs;
}

/** An app that something is wrong with is tried again sooner. */
const FAILED_EVERY_MS: DurationMs = 30_000;

/** Tries the operator's app at each platform, one replica at a time. */
@Injectable()
export class CheckReadiness {
  constructor(
    private readonly registry: AdapterRegistry,
    private readonly records: ReadinessRecords,
    private readonly conclude: ConcludeReadiness,
    private readonly settings: ReadinessSettings,
  ) {}

  /** Checks every app whose check is due. */
  async run(): Promise<void> {
    await Promise.all(this.#adapters().map((adapter) => this.#checkIfDue(adapter)));
  }

  /** Checks every app now, due or not. */
  async hasten(): Promise<void> {
    await Promise.all(this.#adapters().map((adapter) => this.records.hasten(appOf(adapter))));
  }

  #adapters(): PlatformAdapter[] {
    return PLATFORMS.flatMap((platform) => this.registry.get(platform) ?? []);
  }

  async #checkIfDue(adapter: PlatformAdapter): Promise<void> {
    const app = appOf(adapter);
    const { everyMs } = this.settings;
    if (!(await this.records.claim(app, everyMs))) return;
    const checks = await checksOf(adapter);
    const hasFailed = checks.some(({ outcome }) => outcome === 'failed');
    await this.records.put(app, checks, hasFailed ? Math.min(everyMs, FAILED_EVERY_MS) : everyMs);
    await this.conclude.run(app, checks);
  }
}

async function checksOf(adapter: PlatformAdapter): Promise<readonly ReadinessCheck[]> {
  try {
    return await adapter.checkReadiness();
  } catch {
    return [{ name: 'answer', outcome: 'unknown', detail: 'The check itself failed; it is tried again.' }];
  }
}
