import { schemaIsCurrent } from '@mooring/persistence';
import type { PortSettings, ServiceOptions } from '@mooring/runtime';
import { AppModule } from './app.module.ts';
import type { VaultSettings } from './config.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { openParts, type VaultOverrides, type VaultParts } from './parts.ts';

/** Meta's webhooks bring up to a thousand people at once. */
const CALLBACK_BYTES_MAX = 1024 * 1024;

/** The HTTP ports of the vault. */
export function portsOf(settings: VaultSettings): PortSettings[] {
  const host = settings.HTTP_HOST;
  return [
    { name: 'tokens', host, port: settings.TOKENS_PORT },
    { name: 'internal', host, port: settings.INTERNAL_PORT },
    { name: 'callbacks', host, port: settings.CALLBACKS_PORT },
  ];
}

/** The vault as a service; `runService` and tests start the same one. */
export function vaultService(
  overrides: VaultOverrides = {},
): Omit<ServiceOptions<VaultSettings>, 'settings' | 'listen'> {
  let parts: VaultParts;
  return {
    name: 'vault',
    // Token reads are on record in the audit and counted; a log line for each would cost more than the read.
    http: {
      rawBody: true,
      bodyBytesMax: CALLBACK_BYTES_MAX,
      servicePorts: ['tokens', 'internal'],
      unloggedPaths: ['v1/tokens'],
    },
    async module(context) {
      parts = await openParts(context, overrides);
      return AppModule.with(parts, context);
    },
    strategies: () => [parts.bus.strategy({ group: 'vault' })],
    readiness: () => ({ database: () => parts.runtime.query('select 1'), journal: () => parts.journal.check() }),
    startup: () => ({
      async schema() {
        if (!(await schemaIsCurrent(parts.runtime, MIGRATIONS))) throw new Error('migrations are missing');
      },
    }),
    started: (app, context) => AppModule.start(app, parts, context),
  };
}
