import { platformSettingsOf } from '@mooring/adapters';
import {
  commonSettings,
  declaredFields,
  DeclaredValues,
  defineSettings,
  portSetting,
  setting,
  type SettingsOf,
} from '@mooring/runtime';
import { DEFAULT_PLAN_MATRIX, parsePlanMatrix } from './directory/plan-matrix.ts';

const perMinute = (doc: string, number: number) =>
  setting.integer({ doc: `${doc}, per minute and replica.`, default: number, min: 1, max: 100_000 });

/** What the gateway can be told beside the settings of platforms. */
export const OWN_SETTINGS = defineSettings({
  ...commonSettings,
  HTTP_PORT: portSetting(4001, 'Port of the public API.'),
  OPS_PORT: portSetting(4101, 'Port of /livez, /readyz, /startupz and /metrics.'),
  RETURN_URLS: setting.list({
    doc: 'Where browsers may go back to: https origins (http on this machine), and whole addresses of custom schemes.',
    default: [],
  }),
  PLAN_MATRIX: setting.json(parsePlanMatrix, {
    doc: 'JSON, by plan (free, starter, professional, enterprise): {platforms, accountsMax}. Ad accounts and pixels take no place of accountsMax.',
    default: DEFAULT_PLAN_MATRIX,
  }),
  VAULT_URL: setting.url({ doc: "The vault's internal address.", default: 'http://127.0.0.1:4003' }),
  VAULT_TIMEOUT_MS: setting.durationMs({ doc: 'One call to the vault.', default: 5_000, min: 100, max: 60_000 }),
  VAULT_OPEN_TIMEOUT_MS: setting.durationMs({
    doc: 'The call that takes a consent in, which asks the platform many things.',
    default: 60_000,
    min: 1_000,
    max: 120_000,
  }),
  SERVICE_TOKEN_PATH: setting.string({ doc: 'Mounted file with the token for the vault (Kubernetes).' }),
  SERVICE_TOKEN_URL: setting.url({ doc: 'Token endpoint for the token for the vault, where there is no file.' }),
  SERVICE_CLIENT_ID: setting.string({ doc: 'Client of the token endpoint.', default: 'gateway' }),
  SERVICE_CLIENT_SECRET: setting.secret({ doc: "The client's secret." }),
  SERVICE_AUDIENCE: setting.string({ doc: 'Audience of the token for the vault.', default: 'urn:mooring:vault' }),
  KEY_RING: setting.secret({
    doc: 'Keys that seal PKCE verifiers, id:64 hex digits, the current one first; needed where a platform uses PKCE.',
  }),
  EXCHANGE_TIMEOUT_MS: setting.durationMs({ doc: 'The code exchange.', default: 10_000, min: 100, max: 60_000 }),
  LINK_LIFETIME_MS: setting.durationMs({
    doc: 'From the beginning until the platform has sent the person back.',
    default: 600_000,
    min: 1_000,
    max: 3_600_000,
  }),
  CHOOSE_WITHIN_MS: setting.durationMs({
    doc: 'From then on, to choose accounts.',
    default: 1_800_000,
    min: 1_000,
    max: 86_400_000,
  }),
  KEEP_SESSIONS_MS: setting.durationMs({
    doc: 'Connect sessions are kept so long, so that a late link reads as expired.',
    default: 86_400_000,
    min: 3_600_000,
  }),
  TAKE_OVER_AFTER_MS: setting.durationMs({
    doc: 'A connect session that a process has worked on for longer is taken over; longer than the two calls above.',
    default: 180_000,
    min: 200,
  }),
  SESSIONS_POLL_MS: setting.durationMs({
    doc: 'Rounds over the connect sessions.',
    default: 5_000,
    min: 20,
    max: 600_000,
  }),
  SESSIONS_BATCH_MAX: setting.integer({ doc: 'Sessions of one kind in a round.', default: 100, min: 1, max: 10_000 }),
  BEGINNINGS_PER_MINUTE: perMinute('Connect and reconnect sessions that one person begins', 30),
  STARTS_PER_MINUTE: perMinute('Openings of one start link', 20),
  CLAIMS_PER_MINUTE: perMinute('Claims and selections of one session', 60),
  ATTEMPTS_PER_MINUTE: perMinute('Checks, and renewals, of one connection that people ask for', 6),
});

const SETTINGS = defineSettings({ ...OWN_SETTINGS.fields, ...declaredFields(platformSettingsOf('gateway')) });

/** Everything that the gateway can be told. */
export type GatewaySettings = SettingsOf<(typeof OWN_SETTINGS)['fields']> & { readonly platforms: DeclaredValues };

type Environment = Readonly<Record<string, string | undefined>>;

/** The settings of this process. Throws SettingsError. */
export function readSettings(environment: Environment = process.env): GatewaySettings {
  const values = SETTINGS.read(environment);
  const own = values as SettingsOf<(typeof OWN_SETTINGS)['fields']>;
  return { ...own, platforms: new DeclaredValues(values) };
}

const MIGRATION_SETTINGS = defineSettings({
  MIGRATION_DATABASE_URL: setting.secret({ doc: "PostgreSQL URL of the service's DDL role.", required: true }),
});

/** The settings of the migration command. Throws SettingsError. */
export const readMigrationSettings = (): SettingsOf<(typeof MIGRATION_SETTINGS)['fields']> =>
  MIGRATION_SETTINGS.read(process.env);
