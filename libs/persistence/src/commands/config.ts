import { readFileSync } from 'node:fs';
import { Secret } from '@mooring/contracts';
import type { ProvisionOptions } from '../provision.ts';

/** Thrown when the environment lacks something; names keys, never values. */
export class CommandSettingsError extends Error {
  override readonly name = 'CommandSettingsError';
}

/** Schemas that Mooring knows: the services and the embedded bus. */
const SCHEMAS = ['gateway', 'vault', 'scheduler', 'notifications', 'bus'] as const;

function read(key: string): Secret | undefined {
  const file = process.env[`${key}_FILE`];
  const text = file ? readFileSync(file, 'utf8').trim() : process.env[key];
  return text ? new Secret(text) : undefined;
}

/**
 * What to provision: `DATABASE_URL` is the administrator's, and each schema whose `<NAME>_DATABASE_PASSWORD` is set is made
 * (`GATEWAY_DATABASE_PASSWORD`, …, `BUS_DATABASE_PASSWORD` for the embedded bus). `<NAME>_MIGRATION_PASSWORD` is that of
 * the role that migrates, which the service itself should not know. Each key also as `…_FILE`.
 */
export function provisionOfEnvironment(): ProvisionOptions {
  const adminUrl = read('DATABASE_URL');
  if (!adminUrl) throw new CommandSettingsError('DATABASE_URL must be set');
  const services = SCHEMAS.flatMap((name) => {
    const password = read(`${name.toUpperCase()}_DATABASE_PASSWORD`);
    const ddlPassword = read(`${name.toUpperCase()}_MIGRATION_PASSWORD`);
    return password ? [{ name, password, ...(ddlPassword && { ddlPassword }) }] : [];
  });
  if (services.length === 0) {
    const keys = SCHEMAS.map((name) => `${name.toUpperCase()}_DATABASE_PASSWORD`);
    throw new CommandSettingsError(`at least one of ${keys.join(', ')} must be set`);
  }
  return { adminUrl, services };
}
