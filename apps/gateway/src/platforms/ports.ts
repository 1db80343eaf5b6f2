import type { PlatformAdapter } from '@mooring/adapters-core';
import type { Platform, PlatformCheck } from '@mooring/contracts';

/** A platform that the operator has set up. */
export interface ConfiguredPlatform {
  readonly adapter: PlatformAdapter;
  /** Exact redirect URI, as registered at the platform. */
  readonly redirectUri: string;
}

/** The platforms that can be connected here. */
export abstract class Platforms {
  /** Undefined where the operator hasn't set the platform up. */
  abstract get(platform: Platform): ConfiguredPlatform | undefined;
  /** False where Mooring itself can't connect the platform yet, whatever the operator sets. */
  abstract isSupported(platform: Platform): boolean;
  /** True where the operator has set anything up for it here. */
  abstract hasSettings(platform: Platform): boolean;
  /** What connecting needs here, for operators. */
  abstract checkOwn(platform: Platform): PlatformCheck[];
}
