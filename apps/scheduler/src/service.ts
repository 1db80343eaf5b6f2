import { schemaIsCurrent } from '@mooring/persistence';
import type { ServiceOptions } from '@mooring/runtime';
import { AppModule, openParts, type SchedulerParts } from './app.module.ts';
import type { SchedulerSettings } from './config.ts';
import { MIGRATIONS } from './migrations/index.ts';

/** The scheduler as a service; `runService` and tests start the same one. */
export function schedulerService(): Omit<ServiceOptions<SchedulerSettings>, 'settings'> {
  let parts: SchedulerParts;
  return {
    name: 'scheduler',
    listen: [],
    async module(context) {
      parts = await openParts(context);
      return AppModule.with(parts, context);
    },
    strategies: () => [parts.bus.strategy({ group: 'scheduler' })],
    readiness: () => ({ database: () => parts.runtime.query('select 1') }),
    startup: () => ({
      async schema() {
        if (!(await schemaIsCurrent(parts.runtime, MIGRATIONS))) throw new Error('migrations are missing');
      },
    }),
    started() {
      parts.relay.start();
      for (const loop of parts.loops) loop.start();
    },
  };
}
