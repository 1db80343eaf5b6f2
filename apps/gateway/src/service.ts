import { schemaIsCurrent } from '@mooring/persistence';
import type { ServiceOptions } from '@mooring/runtime';
import { AppModule, type GatewayParts, openParts, startWork } from './app.module.ts';
import type { GatewaySettings } from './config.ts';
import { MIGRATIONS } from './migrations/index.ts';

type Options = ServiceOptions<GatewaySettings>;

/** The one HTTP port. */
export const portsOf = (settings: GatewaySettings): Options['listen'] => [
  { name: 'public', host: settings.HTTP_HOST, port: settings.HTTP_PORT },
];

/** The gateway as a service; `runService` and tests start the same one. */
export function gatewayService(): Omit<Options, 'settings' | 'listen'> {
  let parts: GatewayParts;
  return {
    name: 'gateway',
    async module(context) {
      parts = await openParts(context);
      return AppModule.with(parts, context);
    },
    strategies: () => [parts.bus.strategy({ group: 'gateway' })],
    readiness: () => ({ database: () => parts.runtime.query('select 1') }),
    startup: () => ({
      async schema() {
        if (!(await schemaIsCurrent(parts.runtime, MIGRATIONS))) throw new Error('migrations are missing');
      },
    }),
    started(app, context) {
      startWork(app, parts, context);
    },
  };
}
