import { type AdapterRegistry, isPlatform } from '@mooring/adapters';
import type { Platform, PlatformCheck } from '@mooring/contracts';
import type { RedirectUris } from '../connect/redirect-uris.ts';
import { type ConfiguredPlatform, Platforms } from './ports.ts';

/** A platform can be connected where it has an adapter and a redirect URI. */
export class ConfiguredPlatforms extends Platforms {
  constructor(
    private readonly registry: AdapterRegistry,
    private readonly redirectUris: RedirectUris,
    private readonly hasKeyRing: boolean,
  ) {
    super();
  }

  get(platform: Platform): ConfiguredPlatform | undefined {
    const adapter = this.registry.get(platform);
    const redirectUri = this.redirectUris.of(platform);
    return adapter && redirectUri ? { adapter, redirectUri } : undefined;
  }

  isSupported(platform: Platform): boolean {
    return isPlatform(platform);
  }

  hasSettings(platform: Platform): boolean {
    return this.registry.get(platform) !== undefined || this.redirectUris.of(platform) !== undefined;
  }

  checkOwn(platform: Platform): PlatformCheck[] {
    const adapter = this.registry.get(platform);
    const redirectUri = this.redirectUris.of(platform);
    const checks = [
      check('app_settings', adapter !== undefined, ['the gateway knows the app', "the app's settings are missing"]),
      check('redirect_uri', redirectUri !== undefined, [
        `must be registered at the platform exactly as ${redirectUri ?? ''}`,
        'the redirect URI is not set',
      ]),
    ];
    if (!adapter || adapter.pkce === 'none') return checks;
    return [...checks, check('key_ring', this.hasKeyRing, ['PKCE verifiers can be sealed', 'KEY_RING is not set'])];
  }
}

function check(name: string, isOk: boolean, [ok, failed]: readonly [string, string]): PlatformCheck {
  return { name, outcome: isOk ? 'ok' : 'failed', detail: isOk ? ok : failed };
}
