import { type AdapterRegistry, isPlatform } from '@mooring/adapters';
import type { Platform } from '@mooring/contracts';
import type { RedirectUris } from '../connect/redirect-uris.ts';
import { type ConfiguredPlatform, Platforms } from './ports.ts';

/** A platform can be connected where it has an adapter and a redirect URI. */
export class ConfiguredPlatforms extends Platforms {
  constructor(
    private readonly registry: AdapterRegistry,
    private readonly redirectUris: RedirectUris,
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
}
