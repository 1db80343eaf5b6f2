import type { KindDefinition, PlatformSetting } from '@mooring/adapters-core';
import type { ConnectionKind, Platform, PlatformNames } from '@mooring/contracts';
import { DEFINITIONS } from './definitions.ts';

/** Names of the platforms that Mooring can connect, whether an operator has set them up or not. */
export const PLATFORMS: readonly Platform[] = DEFINITIONS.map(({ platform }) => platform);

const KINDS = new Map(DEFINITIONS.flatMap(({ kinds }) => kinds).map((kind) => [kind.kind, kind]));
const NAMES = new Map(DEFINITIONS.map(({ platform, names }) => [platform, names]));

/** Kinds of connections of all platforms. */
export const CONNECTION_KINDS: readonly ConnectionKind[] = [...KINDS.keys()];

/** True for the name of a platform that Mooring can connect. */
export function isPlatform(value: unknown): value is Platform {
  return typeof value === 'string' && NAMES.has(value);
}

/** How a platform is named to people; one that isn't known any more goes by its plain name. */
export function platformNames(platform: Platform): PlatformNames {
  return NAMES.get(platform) ?? { name: platform, accounts: 'accounts' };
}

/** What is known of a kind; undefined for one that no platform brings. */
export function kindDefinition(kind: ConnectionKind): KindDefinition | undefined {
  return KINDS.get(kind);
}

/** Kinds that take no place of a plan (L-04, L-06). */
export const KINDS_BESIDE_PLAN: readonly ConnectionKind[] = CONNECTION_KINDS.filter(
  (kind) => KINDS.get(kind)?.countsForPlan === false,
);

/** The platform that people see a connection under, where its consent was given at `platform`. */
export function shownUnder(kind: ConnectionKind, platform: Platform): Platform {
  return KINDS.get(kind)?.shownUnder ?? platform;
}

/** The platform at which consent for a kind is given; undefined for an unknown kind. */
export function consentPlatformOf(kind: ConnectionKind): Platform | undefined {
  return DEFINITIONS.find(({ kinds }) => kinds.some((known) => known.kind === kind))?.platform;
}

/** Settings of all platforms that one service reads, by the name of their environment variable. */
export function platformSettingsOf(service: 'gateway' | 'vault'): Readonly<Record<string, PlatformSetting>> {
  const all = DEFINITIONS.map(({ settings, settingsPrefix, names, platform }) => ({
    ...settings,
    [`${settingsPrefix}_REDIRECT_URI`]: {
      kind: 'url',
      doc: `Redirect URI as registered at ${names.name}, ending in /connect/${platform}/callback; https, or http on this machine.`,
      only: 'gateway',
    } satisfies PlatformSetting,
  }));
  const entries = all.flatMap((settings) => Object.entries<PlatformSetting>(settings));
  return Object.fromEntries(entries.filter(([, { only }]) => only === undefined || only === service));
}

/** Redirect URIs by platform, of those that have one. */
export function redirectUrisOf(text: (name: string) => string | undefined): ReadonlyMap<Platform, string> {
  const given = DEFINITIONS.map(
    ({ platform, settingsPrefix }) => [platform, text(`${settingsPrefix}_REDIRECT_URI`)] as const,
  );
  return new Map(given.filter((entry): entry is readonly [Platform, string] => entry[1] !== undefined));
}
