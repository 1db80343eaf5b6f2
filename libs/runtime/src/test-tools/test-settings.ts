import { Secret } from '@mooring/contracts';
import type { CommonSettings } from '../settings/shared-settings.ts';
import type { TrustedIssuer } from '../settings/identity-settings.ts';

/** Common settings on free ports with quiet logs; a suite overrides what it needs. */
export function testSettings(
  issuers: readonly TrustedIssuer[],
  overrides: Partial<CommonSettings> = {},
): CommonSettings {
  return {
    LOG_LEVEL: 'warn',
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: 0,
    OPS_HOST: '127.0.0.1',
    OPS_PORT: 0,
    DATABASE_URL: new Secret('postgres://unused.invalid/none'),
    WORKER_DATABASE_URL: new Secret('postgres://unused.invalid/none'),
    DATABASE_POOL_MAX: 5,
    KAFKA_BROKERS: undefined,
    BUS_DATABASE_URL: undefined,
    TRUSTED_ISSUERS: issuers,
    SERVICE_SCOPES: {},
    DRAIN_DEADLINE_MS: 10_000,
    OTEL_EXPORTER_OTLP_ENDPOINT: undefined,
    OTEL_SERVICE_NAME: undefined,
    OTEL_RESOURCE_ATTRIBUTES: undefined,
    ...overrides,
  };
}
