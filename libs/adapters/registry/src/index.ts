import {
  type ClosablePlatformHttp,
  createPlatformHttp,
  type PlatformAdapter,
  type PlatformHttpSettings,
  type PlatformResponse,
  type PlatformSettingValues,
} from '@mooring/adapters-core';
import type { Platform } from '@mooring/contracts';
import { DEFINITIONS } from './definitions.ts';

export { DEFINITIONS } from './definitions.ts';
export * from './names.ts';

/** What the adapters are made with. */
export interface AdapterRegistrySettings {
  readonly values: PlatformSettingValues;
  /** Bounds of the calls to platforms; see PlatformHttpSettings for the defaults. */
  readonly http?: Omit<PlatformHttpSettings, 'origins'>;
  /** The clock of business dates; the system's by default. */
  readonly now?: () => Date;
  /** Hears of every answer of every platform, for its limits. */
  readonly onAnswer?: (platform: Platform, answer: Pick<PlatformResponse, 'status' | 'headers'>) => void;
}

/** The configured platforms. */
export interface AdapterRegistry {
  /** Undefined for a platform that isn't configured. */
  get(platform: Platform): PlatformAdapter | undefined;
  platforms(): Platform[];
  /** Closes the connections to all platforms. */
  close(): Promise<void>;
}

/**
 * Makes the adapters of the platforms that are configured, each with connections of its own that reach its hosts only.
 * @throws RangeError naming the setting that an adapter can't work with
 */
export function createAdapterRegistry(settings: AdapterRegistrySettings): AdapterRegistry {
  const { values, onAnswer } = settings;
  const ports: ClosablePlatformHttp[] = [];
  const now = settings.now ?? (() => new Date());
  const adapters = new Map<Platform, PlatformAdapter>();
  for (const definition of DEFINITIONS.filter((known) => known.isConfigured(values))) {
    const port = createPlatformHttp({ ...settings.http, origins: definition.origins(values) });
    ports.push(port);
    const http = onAnswer ? heard(port, (answer) => onAnswer(definition.platform, answer)) : port;
    adapters.set(definition.platform, definition.create(values, { http, now }));
  }
  return {
    get: (platform) => adapters.get(platform),
    platforms: () => [...adapters.keys()],
    close: async () => {
      await Promise.all(ports.map((port) => port.close()));
    },
  };
}

function heard(
  port: ClosablePlatformHttp,
  hear: (answer: PlatformResponse) => void,
): Pick<ClosablePlatformHttp, 'send'> {
  return {
    send: async (request) => {
      const answer = await port.send(request);
      hear(answer);
      return answer;
    },
  };
}
