import { platformNames, PLATFORMS } from '@mooring/adapters';
import { MooringError, type Platform, type PlatformCheck, type PlatformReadiness } from '@mooring/contracts';
import type { Caller } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import { VaultClient } from '../connect/ports.ts';
import { Transactions } from '../storage/ports.ts';
import { Platforms } from './ports.ts';
import type * as dto from './readiness.dto.ts';

type State = (typeof dto.READINESS_STATES)[number];

/** How the platforms stand, for operators: what the vault found at each, and what the gateway itself needs. */
@Injectable()
export class DescribeReadiness {
  constructor(
    private readonly transactions: Transactions,
    private readonly platforms: Platforms,
    private readonly vault: VaultClient,
  ) {}

  /** Throws MooringError `forbidden` to people who administer no hub, and what the vault says. */
  async run(caller: Caller): Promise<dto.ReadinessList> {
    if (caller.kind === 'people') await this.#requireHubAdmin(caller);
    const { platforms } = await this.vault.platformReadiness();
    const seen = new Map(platforms.map((view) => [view.platform, view]));
    return { data: PLATFORMS.map((platform) => this.#readiness(platform, seen.get(platform))) };
  }

  async #requireHubAdmin({ subject }: Caller): Promise<void> {
    const hubs = await this.transactions.outsideWorkspaces(({ directory }) => directory.hubsAdministeredBy(subject));
    if (hubs.length === 0) throw new MooringError('forbidden');
  }

  #readiness(platform: Platform, vault: PlatformReadiness | undefined): dto.PlatformReadiness {
    const { name } = platformNames(platform);
    const own = this.platforms.checkOwn(platform);
    const isConfigured = vault?.configured === true && own.every(({ outcome }) => outcome === 'ok');
    const isUnknown = vault?.configured !== true && !this.platforms.hasSettings(platform);
    const pause = pauseOf(vault);
    const checks = isUnknown ? [] : [...own, vaultSettings(vault), ...(vault?.checks ?? [])];
    return {
      platform,
      name,
      state: isUnknown ? 'not_configured' : stateOf(checks, pause),
      connectable: isConfigured,
      checkedAt: vault?.checkedAt ?? null,
      pause,
      checks,
    };
  }
}

function vaultSettings(view: PlatformReadiness | undefined): PlatformCheck {
  const isSet = view?.configured === true;
  const detail = isSet ? 'the vault knows the app' : "the app's settings are missing at the vault";
  return { name: 'vault_settings', outcome: isSet ? 'ok' : 'failed', detail };
}

function pauseOf(view: PlatformReadiness | undefined): dto.PauseView | null {
  if (!view || view.breaker === 'closed') return null;
  const { cause, detail, since } = view;
  return { cause, detail, since };
}

function stateOf(checks: readonly PlatformCheck[], pause: dto.PauseView | null): State {
  if (checks.some(({ outcome }) => outcome === 'failed') || pause?.cause === 'misconfigured') return 'failed';
  if (pause) return 'paused';
  return checks.every(({ outcome }) => outcome === 'ok') ? 'ready' : 'unknown';
}
