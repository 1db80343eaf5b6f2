import { type CommonSettings, commonSettings, defineSettings, setting, type SettingsOf } from '@mooring/runtime';

/** Everything that the scheduler can be told. It has no HTTP API, and so trusts no issuer. */
export const SETTINGS = defineSettings({
  LOG_LEVEL: commonSettings.LOG_LEVEL,
  OPS_HOST: commonSettings.OPS_HOST,
  OPS_PORT: { ...commonSettings.OPS_PORT, defaultValue: 4103 },
  DATABASE_URL: commonSettings.DATABASE_URL,
  WORKER_DATABASE_URL: commonSettings.WORKER_DATABASE_URL,
  DATABASE_POOL_MAX: commonSettings.DATABASE_POOL_MAX,
  KAFKA_BROKERS: commonSettings.KAFKA_BROKERS,
  BUS_DATABASE_URL: commonSettings.BUS_DATABASE_URL,
  DRAIN_DEADLINE_MS: commonSettings.DRAIN_DEADLINE_MS,
  OTEL_EXPORTER_OTLP_ENDPOINT: commonSettings.OTEL_EXPORTER_OTLP_ENDPOINT,
  OTEL_SERVICE_NAME: commonSettings.OTEL_SERVICE_NAME,
  OTEL_RESOURCE_ATTRIBUTES: commonSettings.OTEL_RESOURCE_ATTRIBUTES,
  POLL_MS: setting.durationMs({
    doc: 'How often the schedule is looked at; also how soon a move of the testing clock is noticed.',
    default: 500,
    min: 20,
    max: 60_000,
  }),
  CLAIM_BATCH_MAX: setting.integer({ doc: 'Grants claimed at once.', default: 200, min: 1, max: 5_000 }),
  CLAIM_LEASE_MS: setting.durationMs({
    doc: 'Lease of a claim until its command is written; after a crash between the two the claim waits this long.',
    default: 5_000,
    min: 100,
    max: 600_000,
  }),
  ANSWER_LEASE_MS: setting.durationMs({
    doc: 'How long a command may wait for its answer before it is sent again; it ends at the notAfter of the command.',
    default: 60_000,
    min: 500,
    max: 3_600_000,
  }),
  ANSWER_LEASE_MS_MAX: setting.durationMs({
    doc: 'Each unanswered command doubles the wait for the next, up to this.',
    default: 1_800_000,
    min: 500,
    max: 86_400_000,
  }),
  BACK_OFF_MS: setting.durationMs({
    doc: 'Wait after the first failure without an answer; it doubles with every further one.',
    default: 60_000,
    min: 1_000,
    max: 3_600_000,
  }),
  BACK_OFF_MS_MAX: setting.durationMs({
    doc: 'Longest wait after failures without an answer.',
    default: 3_600_000,
    min: 1_000,
    max: 86_400_000,
  }),
  RATE_LIMITED_MS: setting.durationMs({
    doc: 'Wait after a rate limit that names no time.',
    default: 900_000,
    min: 1_000,
    max: 86_400_000,
  }),
  MISCONFIGURED_MS: setting.durationMs({
    doc: "Wait after an answer that says that the operator's app at the platform is set up wrongly.",
    default: 3_600_000,
    min: 1_000,
    max: 86_400_000,
  }),
});

/** Values of {@link SETTINGS}, with what the runtime asks of every service. */
export type SchedulerSettings = SettingsOf<(typeof SETTINGS)['fields']> &
  Pick<CommonSettings, 'TRUSTED_ISSUERS' | 'SERVICE_SCOPES'>;

type Environment = Readonly<Record<string, string | undefined>>;

/** The settings of this process. Throws SettingsError. */
export const readSettings = (environment: Environment = process.env): SchedulerSettings => ({
  ...SETTINGS.read(environment),
  TRUSTED_ISSUERS: [],
  SERVICE_SCOPES: {},
});

/** What the migration command needs. */
const MIGRATION_SETTINGS = defineSettings({
  MIGRATION_DATABASE_URL: setting.secret({ doc: "PostgreSQL URL of the service's DDL role.", required: true }),
});

/** The settings of the migration command. Throws SettingsError. */
export const readMigrationSettings = (): SettingsOf<(typeof MIGRATION_SETTINGS)['fields']> =>
  MIGRATION_SETTINGS.read(process.env);
