import { DEFINITIONS } from '@mooring/adapters';
import type { PlatformDefinition } from '@mooring/adapters-core';

/** Settings of every platform against the sandbox, made from what the platforms say of themselves. */
export interface PlatformApps {
  /** For the services that reach platforms. */
  readonly services: Readonly<Record<string, string>>;
  /** For the sandbox, which plays the platforms under the same credentials. */
  readonly sandbox: Readonly<Record<string, string>>;
  readonly redirectUris: Readonly<Record<string, string>>;
  /** Every app's secret, for the leak scan. */
  readonly secrets: readonly string[];
}

const APP_ID = '111222333444';
/** Names of platforms' notices; the sandbox sends those that it knows. */
const NOTICES = ['deauthorize', 'data-deletion', 'permissions', 'events'];

/** The secret of a stack's app at a platform. */
export const appSecret = (owner: string, platform: string): string => `${owner}-CANARY-${platform}-app-secret-0001`;

/** An app at every platform that the sandbox plays. `owner` tells the secrets of one stack from another's. */
export function platformApps(given: { owner: string; sandbox: string; edge: string }): PlatformApps {
  const apps = DEFINITIONS.map((definition) => appAt(definition, given));
  return {
    services: Object.assign({}, ...apps.map(({ services }) => services)) as Record<string, string>,
    sandbox: Object.assign({}, ...apps.map(({ sandbox }) => sandbox)) as Record<string, string>,
    redirectUris: Object.fromEntries(apps.map(({ platform, redirectUri }) => [platform, redirectUri])),
    secrets: apps.map(({ secret }) => secret),
  };
}

function appAt(
  definition: PlatformDefinition,
  { owner, sandbox, edge }: { owner: string; sandbox: string; edge: string },
) {
  const { platform, settingsPrefix: prefix, settings } = definition;
  const secret = appSecret(owner, platform);
  const redirectUri = `${edge}/connect/${platform}/callback`;
  const credentials: Record<string, string> = {};
  const names = Object.keys(settings);
  // The client id by whatever name; an app id beside one is another thing, and optional.
  const id = names.find((name) => /_CLIENT_(ID|KEY)$/.test(name)) ?? names.find((name) => name.endsWith('_APP_ID'));
  if (id) credentials[id] = APP_ID;
  for (const name of names) if (/_(APP_SECRET|CLIENT_SECRET)$/.test(name)) credentials[name] = secret;
  // The sandbox answers for each host of a platform under a path of its own.
  const hosts = Object.entries(settings).flatMap(([name, { kind, default: url }]) =>
    kind === 'url' && url ? [[name, `${sandbox}/${new URL(url).host}`] as const] : [],
  );
  return {
    platform,
    secret,
    redirectUri,
    services: { ...credentials, ...Object.fromEntries(hosts), [`${prefix}_REDIRECT_URI`]: redirectUri },
    sandbox: {
      ...credentials,
      [`${prefix}_REDIRECT_URIS`]: redirectUri,
      ...Object.fromEntries(
        NOTICES.map((notice) => [
          `${prefix}_${notice.toUpperCase().replaceAll('-', '_')}_URL`,
          `${edge}/webhooks/${platform}/${notice}`,
        ]),
      ),
    },
  };
}
