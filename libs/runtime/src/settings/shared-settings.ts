import { parseServiceScopes, parseTrustedIssuers } from './identity-settings.ts';
import type { SettingsOf } from './define-settings.ts';
import { setting } from './fields.ts';

const PORT_MAX = 65_535;

/** A TCP port; 0 lets the system choose a free one. */
export function portSetting(port: number, doc: string) {
  return setting.integer({ doc, default: port, min: 0, max: PORT_MAX });
}

/** What every service can be told. An app spreads it into its own definition and may override single keys. */
export const commonSettings = {
  LOG_LEVEL: setting.oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
    doc: 'Least severe level that is logged.',
    default: 'info',
  }),
  HTTP_HOST: setting.string({ doc: 'Address the HTTP ports listen on.', default: '127.0.0.1' }),
  HTTP_PORT: portSetting(8080, 'Port of the HTTP API.'),
  OPS_HOST: setting.string({ doc: 'Address the operations port listens on.', default: '127.0.0.1' }),
  OPS_PORT: portSetting(9090, 'Port of /livez, /readyz, /startupz and /metrics.'),
  DATABASE_URL: setting.secret({ doc: "PostgreSQL URL of the service's run-time role.", required: true }),
  WORKER_DATABASE_URL: setting.secret({
    doc: "PostgreSQL URL of the service's worker role, for work that crosses workspaces.",
    required: true,
  }),
  DATABASE_POOL_MAX: setting.integer({ doc: 'Database connections per pool.', default: 10, min: 1, max: 200 }),
  KAFKA_BROKERS: setting.list({ doc: 'Kafka brokers, host:port; not set means the embedded bus.' }),
  BUS_DATABASE_URL: setting.secret({ doc: 'PostgreSQL URL of the embedded bus; used where no Kafka is set.' }),
  TRUSTED_ISSUERS: setting.json(parseTrustedIssuers, {
    doc: 'JSON list of trusted token issuers: {issuer, audience, kind: people or services, jwksUri?, scopeClaim?}.',
    required: true,
  }),
  SERVICE_SCOPES: setting.json(parseServiceScopes, {
    doc: 'JSON map from service subject to its scopes, or to {scopes, workspaces}.',
    default: {},
  }),
  DRAIN_DEADLINE_MS: setting.durationMs({
    doc: 'Time for stopping in order after SIGTERM; what is still open then is cut.',
    default: 30_000,
    min: 1_000,
    max: 600_000,
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting.url({
    doc: 'OpenTelemetry collector (OTLP over HTTP); not set means no tracing.',
  }),
  OTEL_SERVICE_NAME: setting.string({ doc: 'Service name in traces; the name of the service by default.' }),
  OTEL_RESOURCE_ATTRIBUTES: setting.string({ doc: 'Resource attributes of traces, key=value, comma-separated.' }),
};

/** Values of {@link commonSettings}. */
export type CommonSettings = SettingsOf<typeof commonSettings>;
