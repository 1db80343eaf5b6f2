import { platformSettingsOf } from '@mooring/adapters';
import {
  commonSettings,
  declaredFields,
  DeclaredValues,
  defineSettings,
  portSetting,
  setting,
  SettingRefused,
  type SettingsOf,
} from '@mooring/runtime';
import type { AppBounds } from './limits/limit-bounds.ts';

const BOUND_MAX = 10_000;

/** Limits of single platforms, as the operator gives them. */
function platformBounds(value: unknown): Readonly<Record<string, Partial<AppBounds>>> {
  const isMap = (one: unknown): one is Record<string, unknown> =>
    typeof one === 'object' && one !== null && !Array.isArray(one);
  const isBound = ([name, bound]: [string, unknown]): boolean =>
    (name === 'inFlightMax' || name === 'perSecond') &&
    typeof bound === 'number' &&
    Number.isInteger(bound) &&
    bound >= 1 &&
    bound <= BOUND_MAX;
  const isValid = isMap(value) && Object.values(value).every((one) => isMap(one) && Object.entries(one).every(isBound));
  if (!isValid) throw new SettingRefused('is not a map from platform to {inFlightMax, perSecond}');
  return value as Readonly<Record<string, Partial<AppBounds>>>;
}

/** What the vault can be told beside the settings of platforms. */
export const OWN_SETTINGS = defineSettings({
  LOG_LEVEL: commonSettings.LOG_LEVEL,
  HTTP_HOST: commonSettings.HTTP_HOST,
  TOKENS_PORT: portSetting(4002, 'Port of POST /v1/tokens, for trusted services.'),
  INTERNAL_PORT: portSetting(4003, 'Port of the internal API, for the gateway alone.'),
  CALLBACKS_PORT: portSetting(4004, 'Port of /webhooks, the only one that the public edge may reach.'),
  OPS_HOST: commonSettings.OPS_HOST,
  OPS_PORT: { ...commonSettings.OPS_PORT, defaultValue: 4102 },
  DATABASE_URL: commonSettings.DATABASE_URL,
  WORKER_DATABASE_URL: commonSettings.WORKER_DATABASE_URL,
  DATABASE_POOL_MAX: commonSettings.DATABASE_POOL_MAX,
  KAFKA_BROKERS: commonSettings.KAFKA_BROKERS,
  BUS_DATABASE_URL: commonSettings.BUS_DATABASE_URL,
  TRUSTED_ISSUERS: commonSettings.TRUSTED_ISSUERS,
  SERVICE_SCOPES: commonSettings.SERVICE_SCOPES,
  DRAIN_DEADLINE_MS: commonSettings.DRAIN_DEADLINE_MS,
  OTEL_EXPORTER_OTLP_ENDPOINT: commonSettings.OTEL_EXPORTER_OTLP_ENDPOINT,
  OTEL_SERVICE_NAME: commonSettings.OTEL_SERVICE_NAME,
  OTEL_RESOURCE_ATTRIBUTES: commonSettings.OTEL_RESOURCE_ATTRIBUTES,
  AUDIENCE: setting.string({
    doc: 'Audience that a service token must name here; other audiences of a trusted issuer are not accepted.',
    default: 'urn:mooring:vault',
  }),
  KEY_ENCRYPTION_KEYS: setting.secret({
    doc: 'Key-encryption keys as id:64 hex digits, separated by commas or line ends, the current one first.',
    required: true,
  }),
  KEY_CACHE_ENTRIES_MAX: setting.integer({
    doc: 'Unwrapped data keys remembered.',
    default: 20_000,
    min: 0,
    max: 1_000_000,
  }),
  KEY_CACHE_MS: setting.durationMs({
    doc: 'How long an unwrapped data key is remembered.',
    default: 300_000,
    max: 300_000,
  }),
  TOKEN_READ_POOL_MAX: setting.integer({
    doc: 'Database connections for token reads, that is SQL statements under way at once.',
    default: 4,
    min: 1,
    max: 200,
  }),
  TOKEN_READ_BATCH_MAX: setting.integer({
    doc: 'Token reads that one SQL statement may answer; they gather while statements are under way.',
    default: 64,
    min: 1,
    max: 1_000,
  }),
  TOKEN_READ_RETENTION_DAYS: setting.integer({
    doc: 'Days that the audit of token reads is kept.',
    default: 90,
    min: 1,
    max: 3_650,
  }),
  ATTEMPTS_CONCURRENCY: setting.integer({
    doc: 'Renewals and inspections at work at once in this process; at most ten for each of DATABASE_POOL_MAX.',
    default: 16,
    min: 1,
    max: 1_000,
  }),
  ATTEMPT_LEASE_MS: setting.durationMs({
    doc: 'An attempt whose process has died is taken up by another one after this.',
    default: 30_000,
    min: 1_000,
    max: 600_000,
  }),
  REFRESH_LEASE_MS: setting.durationMs({
    doc: 'How long a process may hold a grant for one renewal or revocation.',
    default: 30_000,
    min: 1_000,
    max: 600_000,
  }),
  JOURNAL_DIR: setting.string({
    doc: 'Directory for answers to single-use tokens until the database has them; on a disk that outlives the process.',
    default: '/var/lib/mooring/journal',
  }),
  JOURNAL_GRACE_MS: setting.durationMs({
    doc: 'What another process sent and never finished is taken for lost after this.',
    default: 600_000,
    max: 86_400_000,
  }),
  READ_WAIT_MS: setting.durationMs({
    doc: 'How long a token read waits for a renewal that another process does.',
    default: 5_000,
    max: 30_000,
  }),
  POLL_MS: setting.durationMs({
    doc: 'How often the pools look for work that nobody woke them for.',
    default: 500,
    min: 20,
    max: 60_000,
  }),
  HOUSEKEEPING_MS: setting.durationMs({
    doc: 'How often forgotten pending grants and old rows are looked for.',
    default: 60_000,
    min: 100,
    max: 3_600_000,
  }),
  PLATFORM_TIMEOUT_MS: setting.durationMs({
    doc: 'One call to a platform, from the request to the end of the answer.',
    default: 15_000,
    min: 100,
    max: 120_000,
  }),
  PLATFORM_IN_FLIGHT_MAX: setting.integer({
    doc: 'Calls under way at once at one app of a platform, by all replicas together.',
    default: 16,
    min: 1,
    max: 1_000,
  }),
  PLATFORM_PER_SECOND_MAX: setting.integer({
    doc: 'Calls that begin in a second at one app of a platform, by all replicas together.',
    default: 50,
    min: 1,
    max: 10_000,
  }),
  PLATFORM_LIMITS: setting.json(platformBounds, {
    doc: 'JSON map from platform to {inFlightMax, perSecond}, either or both, where a platform has limits of its own.',
    default: {},
  }),
  PLATFORM_WAITING_MAX: setting.integer({
    doc: 'Calls that may wait for their turn in this process; more are put off as if the platform had limited them.',
    default: 500,
    min: 0,
    max: 100_000,
  }),
  PLATFORM_WAIT_MS: setting.durationMs({
    doc: 'How long a call waits for its turn.',
    default: 10_000,
    min: 100,
    max: 60_000,
  }),
  PLATFORM_RETRY_MS: setting.durationMs({
    doc: 'Retries are kept to a tenth of the calls; where that leaves none, one still goes out this often.',
    default: 30_000,
    min: 10,
    max: 600_000,
  }),
  PLATFORM_BREAKER_FAILURES: setting.integer({
    doc: 'Failures in a row, of at least three grants, after which a platform counts as down and is left alone.',
    default: 5,
    min: 3,
    max: 1_000,
  }),
  PLATFORM_BREAKER_MS: setting.durationMs({
    doc: 'First back-off step of a platform that is left alone; each further one is twice as long.',
    default: 5_000,
    min: 10,
    max: 600_000,
  }),
  PLATFORM_BREAKER_MAX_MS: setting.durationMs({
    doc: 'Longest back-off step of a platform that is left alone.',
    default: 300_000,
    min: 10,
    max: 3_600_000,
  }),
  PLATFORM_CAUTIOUS_MS: setting.durationMs({
    doc: 'After a start or a crash of the database, limits grow from a tenth to the whole within this.',
    default: 10_000,
    max: 3_600_000,
  }),
  PLATFORM_READINESS_MS: setting.durationMs({
    doc: "How often the operator's app at each platform is tried.",
    default: 600_000,
    min: 1_000,
    max: 86_400_000,
  }),
  PUBLIC_URL: setting.url({
    doc: 'Address at which browsers reach /webhooks; for the page about the deletion of data.',
    default: 'http://127.0.0.1:8080',
  }),
});

const SETTINGS = defineSettings({ ...OWN_SETTINGS.fields, ...declaredFields(platformSettingsOf('vault')) });

/** Everything that the vault can be told. */
export type VaultSettings = SettingsOf<(typeof OWN_SETTINGS)['fields']> & { readonly platforms: DeclaredValues };

type Environment = Readonly<Record<string, string | undefined>>;

/** The settings of this process. Throws SettingsError. */
export function readSettings(environment: Environment = process.env): VaultSettings {
  const values = SETTINGS.read(environment);
  const read = values as SettingsOf<(typeof OWN_SETTINGS)['fields']>;
  // A token that was meant for another service opens nothing here, though its issuer be trusted.
  const TRUSTED_ISSUERS = read.TRUSTED_ISSUERS.map((issuer) =>
    issuer.kind === 'services' ? { ...issuer, audience: [read.AUDIENCE] } : issuer,
  );
  return { ...read, TRUSTED_ISSUERS, platforms: new DeclaredValues(values) };
}

/** What the migration command needs. */
const MIGRATION_SETTINGS = defineSettings({
  MIGRATION_DATABASE_URL: setting.secret({ doc: "PostgreSQL URL of the service's DDL role.", required: true }),
});

/** The settings of the migration command. Throws SettingsError. */
export const readMigrationSettings = (): SettingsOf<(typeof MIGRATION_SETTINGS)['fields']> =>
  MIGRATION_SETTINGS.read(process.env);
