/** How the edge is set up. */
export interface EdgeSettings {
  readonly host: string;
  readonly port: number;
  readonly gatewayUrl: string;
  readonly notificationsUrl: string;
  readonly vaultCallbacksUrl: string;
  readonly oidcIssuer: string;
  readonly oidcClientId: string;
  readonly oidcResource: string;
}

/** Thrown when the environment can't be used; names settings and reasons, never values. */
export class SettingsError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`the settings cannot be used: ${faults.join('; ')}`);
    this.name = 'SettingsError';
    this.faults = faults;
  }
}

/** Every setting of the edge: default, and what it is for. */
export const SETTINGS = {
  EDGE_HOST: { fallback: '127.0.0.1', about: 'address that the edge listens on' },
  EDGE_PORT: { fallback: '8080', about: 'port that the edge listens on' },
  GATEWAY_URL: { fallback: 'http://127.0.0.1:4001', about: 'where /v1 and /connect go' },
  NOTIFICATIONS_URL: { fallback: 'http://127.0.0.1:4005', about: 'where the live stream, the feed and alerts go' },
  VAULT_CALLBACKS_URL: { fallback: 'http://127.0.0.1:4004', about: "where the platforms' call-backs go" },
  OIDC_ISSUER: { fallback: null, about: 'OpenID provider that people sign in at' },
  OIDC_CLIENT_ID: { fallback: 'mooring-console', about: "the console's client id at the OpenID provider" },
  OIDC_RESOURCE: { fallback: 'urn:mooring:api', about: 'resource (RFC 8707) that access tokens are asked for' },
} as const satisfies Record<string, { fallback: string | null; about: string }>;

type SettingName = keyof typeof SETTINGS;

/**
 * Reads the settings of the edge.
 * @param environment where they stand, by name
 * @throws SettingsError naming every setting that is missing or unusable
 */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): EdgeSettings {
  const faults: string[] = [];
  const value = (name: SettingName): string => {
    const found = environment[name] ?? SETTINGS[name].fallback;
    if (found === null || found === '') faults.push(`${name} is missing`);
    return found ?? '';
  };
  const address = (name: SettingName): string => {
    const text = value(name);
    if (text && !isWebAddress(text)) faults.push(`${name} is not an http(s) address`);
    return text.replace(/\/$/, '');
  };
  const port = Number(value('EDGE_PORT'));
  if (!Number.isInteger(port) || port < 0 || port > 65_535) faults.push('EDGE_PORT is not a port');
  const settings: EdgeSettings = {
    host: value('EDGE_HOST'),
    port,
    gatewayUrl: address('GATEWAY_URL'),
    notificationsUrl: address('NOTIFICATIONS_URL'),
    vaultCallbacksUrl: address('VAULT_CALLBACKS_URL'),
    oidcIssuer: address('OIDC_ISSUER'),
    oidcClientId: value('OIDC_CLIENT_ID'),
    oidcResource: value('OIDC_RESOURCE'),
  };
  if (faults.length > 0) throw new SettingsError(faults);
  return settings;
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}
