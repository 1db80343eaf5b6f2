import { commonSettings, defineSettings, setting, type SettingsOf } from '@mooring/runtime';

const DAY_MS = 24 * 3_600_000;

/** Everything that notifications can be told. */
export const SETTINGS = defineSettings({
  ...commonSettings,
  HTTP_PORT: { ...commonSettings.HTTP_PORT, defaultValue: 4005 },
  OPS_PORT: { ...commonSettings.OPS_PORT, defaultValue: 4104 },
  LIVE_POLL_MS: setting.durationMs({
    doc: "How often the tail of the live stream looks for rows that other replicas wrote; this one's own wake it at once.",
    default: 250,
    min: 20,
    max: 10_000,
  }),
  LIVE_HEARTBEAT_MS: setting.durationMs({
    doc: 'How often listeners get a sign of life.',
    default: 15_000,
    min: 1_000,
    max: 50_000,
  }),
  LIVE_STREAM_MS_MAX: setting.durationMs({
    doc: 'A live stream ends after this long; whoever comes back is checked again.',
    default: 300_000,
    min: 1_000,
    max: 3_600_000,
  }),
  LIVE_LISTENERS_MAX: setting.integer({
    doc: 'Live streams that one replica holds open; more are answered with 429.',
    default: 5_000,
    min: 1,
    max: 100_000,
  }),
  LIVE_BUFFER_BYTES_MAX: setting.integer({
    doc: 'Bytes that may wait for a slow listener before its stream is cut; it resumes where it was.',
    default: 262_144,
    min: 1_024,
    max: 16_777_216,
  }),
  LIVE_REPLAY_ROWS_MAX: setting.integer({
    doc: 'Messages that are sent again on resume; after a longer gap the listener is told to begin afresh.',
    default: 500,
    min: 1,
    max: 10_000,
  }),
  LIVE_KEPT_MS: setting.durationMs({
    doc: 'How long messages are kept for resuming that people do not see in the feed.',
    default: DAY_MS,
    min: 60_000,
    max: 30 * DAY_MS,
  }),
  FEED_KEPT_MS: setting.durationMs({
    doc: 'How long notifications are kept.',
    default: 90 * DAY_MS,
    min: DAY_MS,
    max: 3_650 * DAY_MS,
  }),
});

/** Values of {@link SETTINGS}. */
export type NotificationsSettings = SettingsOf<(typeof SETTINGS)['fields']>;

/** What the migration command needs. */
const MIGRATION_SETTINGS = defineSettings({
  MIGRATION_DATABASE_URL: setting.secret({ doc: "PostgreSQL URL of the service's DDL role.", required: true }),
});

type Environment = Readonly<Record<string, string | undefined>>;

/** The settings of this process. Throws SettingsError. */
export const readSettings = (environment: Environment = process.env): NotificationsSettings =>
  SETTINGS.read(environment);

/** The settings of the migration command. Throws SettingsError. */
export const readMigrationSettings = (): SettingsOf<(typeof MIGRATION_SETTINGS)['fields']> =>
  MIGRATION_SETTINGS.read(process.env);
