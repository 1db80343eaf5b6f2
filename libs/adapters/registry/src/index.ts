import type { Platform } from '@mooring/contracts';
import {
  type ClosablePlatformHttp,
  createPlatformHttp,
  type PlatformAdapter,
  type PlatformHttpSettings,
} from '@mooring/adapters-core';
import { createFacebookAdapter, type FacebookSettings } from '@mooring/adapters-meta';

export type { FacebookSettings } from '@mooring/adapters-meta';

/** What an operator has set up; a platform that is absent here can't be connected. */
export interface AdapterRegistrySettings {
  readonly facebook?: FacebookSettings;
  /** Bounds of the calls to platforms; see PlatformHttpSettings for the defaults. */
  readonly http?: Omit<PlatformHttpSettings, 'origins'>;
  /** The clock of business dates; the system's by default. */
  readonly now?: () => Date;
}

/** The configured platforms. */
export interface AdapterRegistry {
  /** Undefined for a platform that isn't configured. */
  get(platform: Platform): PlatformAdapter | undefined;
  platforms(): Platform[];
  /** Closes the connections to all platforms. */
  close(): Promise<void>;
}

type Open = (origins: readonly string[]) => ClosablePlatformHttp;
type Maker = (settings: AdapterRegistrySettings, open: Open, now: () => Date) => PlatformAdapter | undefined;

/** The only list of platforms: a new one is one line here. */
const MAKERS: Readonly<Partial<Record<Platform, Maker>>> = {
  facebook: ({ facebook }, open, now) =>
    facebook && createFacebookAdapter(facebook, { http: open([facebook.graphUrl]), now }),
};

/** The platforms that have an adapter, whether an operator has set them up or not. */
export const ADAPTED_PLATFORMS = Object.keys(MAKERS) as readonly Platform[];

/**
 * Makes the adapters of the platforms that are configured, each with connections of its own that reach its hosts only.
 * @throws RangeError naming the setting that an adapter can't work with
 */
export function createAdapterRegistry(settings: AdapterRegistrySettings): AdapterRegistry {
  const ports: ClosablePlatformHttp[] = [];
  const open: Open = (origins) => {
    const port = createPlatformHttp({ ...settings.http, origins });
    ports.push(port);
    return port;
  };
  const now = settings.now ?? (() => new Date());
  const made = Object.values(MAKERS)
    .map((make) => make(settings, open, now))
    .filter((adapter) => adapter !== undefined);
  const adapters = new Map(made.map((adapter) => [adapter.platform, adapter]));
  return {
    get: (platform) => adapters.get(platform),
    platforms: () => [...adapters.keys()],
    close: async () => {
      await Promise.all(ports.map((port) => port.close()));
    },
  };
}
