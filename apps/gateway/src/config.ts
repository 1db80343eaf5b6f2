import { commonSettings, defineSettings, portSetting, setting, type SettingsOf } from '@mooring/runtime';
import { DEFAULT_PLAN_MATRIX, parsePlanMatrix } from './directory/plan-matrix.ts';

const perMinute = (doc: string, number: number) =>
  setting.integer({ doc: `${doc}, per minute and replica.`, default: number, min: 1, max: 100_000 });

/** Everything that the gateway can be told. */
export const SETTINGS = defineSettings({
  ...commonSettings,
  HTTP_PORT: portSetting(4001, 'Port of the public API.'),
  OPS_PORT: portSetting(4101, 'Port of /livez, /readyz, /startupz and /metrics.'),
  RETURN_URLS: setting.list({
    doc: 'Where browsers may go back to: https origins (http on this machine), and whole addresses of custom schemes.',
    default: [],
  }),
  PLAN_MATRIX: setting.json(parsePlanMatrix, {
    doc: 'JSON, by plan (free, starter, professional, enterprise): {platforms, accountsMax}.',
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
  FACEBOOK_APP_ID: setting.string({ doc: 'App id at Meta; not set means that Facebook can’t be connected.' }),
  FACEBOOK_APP_SECRET: setting.secret({ doc: 'App secret at Meta.' }),
  FACEBOOK_REDIRECT_URI: setting.url({
    doc: 'Redirect URI as registered at Meta, ending in /connect/facebook/callback; https, or http on this machine.',
  }),
  FACEBOOK_GRAPH_VERSION: setting.string({ doc: 'Version of the Graph API.', default: 'v25.0' }),
  FACEBOOK_DIALOG_URL: setting.url({ doc: "Where Meta's consent page is.", default: 'https://www.facebook.com' }),
  FACEBOOK_GRAPH_URL: setting.url({ doc: "Where Meta's Graph API is.", default: 'https://graph.facebook.com' }),
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

/** Values of {@link SETTINGS}. */
export type GatewaySettings = SettingsOf<(typeof SETTINGS)['fields']>;

type Environment = Readonly<Record<string, string | undefined>>;

/** The settings of this process. Throws SettingsError. */
export const readSettings = (environment: Environment = process.env): GatewaySettings => SETTINGS.read(environment);

const MIGRATION_SETTINGS = defineSettings({
  MIGRATION_DATABASE_URL: setting.secret({ doc: "PostgreSQL URL of the service's DDL role.", required: true }),
});

/** The settings of the migration command. Throws SettingsError. */
export const readMigrationSettings = (): SettingsOf<(typeof MIGRATION_SETTINGS)['fields']> =>
  MIGRATION_SETTINGS.read(process.env);
