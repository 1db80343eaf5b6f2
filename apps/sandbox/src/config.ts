import { CANARY } from './canary.ts';
import { defaultApps, REGISTERED_APPS, type AppSettings, type RegisteredApp } from './registered-apps.ts';

export type { AppSettings } from './registered-apps.ts';

export interface OidcSettings {
  consoleRedirectUris: string[];
  /** Secret of each service client, by client id: `publisher`, `directory`, `gateway`. */
  serviceClientSecrets: Record<string, string>;
}

export interface SandboxSettings {
  host: string;
  /** 0 takes a free port. */
  port: number;
  /** Address that browsers and services use; by default `http://127.0.0.1:<port>`. */
  publicUrl: string | undefined;
  /** Folder that keeps platform state and OIDC keys over a restart; without it everything is in memory. */
  dataDir: string | undefined;
  logLevel: string;
  /** By name of the platform. */
  apps: Record<string, AppSettings>;
  oidc: OidcSettings;
}

const CONSOLE_ORIGINS = ['http://127.0.0.1:8080', 'http://localhost:8080'];
const CONSOLE_PATHS = ['/', '/callback', '/silent-renew'];

export function defaultSettings(): SandboxSettings {
  return {
    host: '127.0.0.1',
    port: 4400,
    publicUrl: undefined,
    dataDir: undefined,
    logLevel: 'info',
    apps: defaultApps(CONSOLE_ORIGINS),
    oidc: {
      consoleRedirectUris: CONSOLE_ORIGINS.flatMap((origin) => CONSOLE_PATHS.map((path) => origin + path)),
      serviceClientSecrets: {
        publisher: `${CANARY}-publisher-development-secret-0001`,
        directory: `${CANARY}-directory-development-secret-0001`,
        gateway: `${CANARY}-gateway-development-secret-0001`,
      },
    },
  };
}

function list(value: string | undefined): string[] | undefined {
  const entries = value?.split(',').map((entry) => entry.trim());
  return entries?.filter((entry) => entry !== '');
}

function readPort(value: string | undefined, fallback: number): number {
  if (value === undefined || value === '') return fallback;
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error('PORT: must be a number from 0 to 65535');
  return port;
}

function readSecrets(value: string | undefined): Record<string, string> {
  if (value === undefined || value === '') return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    parsed = undefined;
  }
  const isMap = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  if (!isMap || Object.values(parsed as object).some((secret) => typeof secret !== 'string')) {
    throw new Error('SERVICE_CLIENT_SECRETS: must be a JSON object of client id to secret');
  }
  return parsed as Record<string, string>;
}

function readCallbacks(env: NodeJS.ProcessEnv, { prefix, notices }: RegisteredApp): Record<string, string> {
  const named = notices.map((notice) => [notice, env[`${prefix}_${notice.toUpperCase().replaceAll('-', '_')}_URL`]]);
  return Object.fromEntries(named.filter(([, url]) => url !== undefined)) as Record<string, string>;
}

function readApps(env: NodeJS.ProcessEnv, defaults: Record<string, AppSettings>): Record<string, AppSettings> {
  const apps: Record<string, AppSettings> = {};
  for (const [name, app] of Object.entries(defaults)) {
    const registered = REGISTERED_APPS[name];
    if (registered === undefined) continue;
    const { prefix, idKey, secretKey } = registered;
    apps[name] = {
      clientId: env[`${prefix}_${idKey}`] ?? app.clientId,
      clientSecret: env[`${prefix}_${secretKey}`] ?? app.clientSecret,
      redirectUris: list(env[`${prefix}_REDIRECT_URIS`]) ?? app.redirectUris,
      callbacks: readCallbacks(env, registered),
    };
  }
  const { facebook } = apps;
  if (facebook !== undefined && env.META_DEAUTHORIZE_URL !== undefined) {
    facebook.callbacks.deauthorize ??= env.META_DEAUTHORIZE_URL;
  }
  return apps;
}

/** Settings from the environment; every key is optional. Errors name keys and reasons, never values. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): SandboxSettings {
  const defaults = defaultSettings();
  return {
    host: env.HOST ?? defaults.host,
    port: readPort(env.PORT, defaults.port),
    publicUrl: env.SANDBOX_PUBLIC_URL?.replace(/\/+$/, ''),
    dataDir: env.SANDBOX_DATA_DIR,
    logLevel: env.LOG_LEVEL ?? defaults.logLevel,
    apps: readApps(env, defaults.apps),
    oidc: {
      consoleRedirectUris: list(env.CONSOLE_REDIRECT_URIS) ?? defaults.oidc.consoleRedirectUris,
      serviceClientSecrets: {
        ...defaults.oidc.serviceClientSecrets,
        ...readSecrets(env.SERVICE_CLIENT_SECRETS),
      },
    },
  };
}
