import type { ConnectionKind, Platform, PlatformNames, Secret } from '@mooring/contracts';
import type { PlatformAdapter } from './adapter.ts';
import type { PlatformHttp } from './platform-http.ts';

/** One thing that the operator sets for a platform, by the name of its environment variable. */
export interface PlatformSetting {
  readonly kind: 'text' | 'secret' | 'url' | 'list' | 'flag';
  /** One sentence for the settings table. */
  readonly doc: string;
  /** As it would stand in the environment. */
  readonly default?: string;
  /** The one service that reads it; both without. */
  readonly only?: 'gateway' | 'vault';
}

/** The values of a platform's settings, read and checked by their kind. Undefined where not set and without default. */
export interface PlatformSettingValues {
  text(name: string): string | undefined;
  secret(name: string): Secret | undefined;
  list(name: string): readonly string[] | undefined;
  flag(name: string): boolean;
}

/** What an adapter gets beside its settings. */
export interface AdapterPorts {
  readonly http: PlatformHttp;
  readonly now: () => Date;
}

/** One kind of connection that a platform's consent leads to. */
export interface KindDefinition {
  readonly kind: ConnectionKind;
  /** The platform that people see it under: an Instagram account behind a Facebook Page is shown under Instagram. */
  readonly shownUnder: Platform;
  /** Singular, as "Company Page". */
  readonly name: string;
  /** False for what is picked beside accounts and never published through (ad accounts, pixels); true where left out. */
  readonly countsForPlan?: boolean;
}

/**
 * A platform as Mooring takes it in: a folder exports one, and the registry lists it. Everything else — settings of the
 * services, routes, names, schedules — follows from it.
 */
export interface PlatformDefinition {
  readonly platform: Platform;
  readonly names: PlatformNames;
  readonly kinds: readonly KindDefinition[];
  /** Prefix of its settings, as `LINKEDIN`; `{PREFIX}_REDIRECT_URI` is the gateway's for every platform. */
  readonly settingsPrefix: string;
  /** By full name, each beginning with the prefix. */
  readonly settings: Readonly<Record<string, PlatformSetting>>;
  /** Origins that the adapter calls, from its settings. */
  origins(values: PlatformSettingValues): readonly string[];
  /** True where the operator has set up what the adapter can't do without. */
  isConfigured(values: PlatformSettingValues): boolean;
  /** @throws RangeError naming the setting that it can't work with, never its value */
  create(values: PlatformSettingValues, ports: AdapterPorts): PlatformAdapter;
}
