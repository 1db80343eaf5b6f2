import { schemaIsCurrent } from '@mooring/persistence';
import type { ServiceOptions } from '@mooring/runtime';
import { AppModule, type NotificationsParts, openParts } from './app.module.ts';
import type { NotificationsSettings } from './config.ts';
import { MIGRATIONS } from './migrations/index.ts';

type Options = ServiceOptions<NotificationsSettings>;

/** The one HTTP port. */
export const portsOf = (settings: NotificationsSettings): Options['listen'] => [
  { name: 'public', host: settings.HTTP_HOST, port: settings.HTTP_PORT },
];

/** Notifications as a service; `runService` and tests start the same one. */
export function notificationsService(): Omit<Options, 'settings' | 'listen'> {
  let parts: NotificationsParts;
  return {
    name: 'notifications',
    async module(context) {
      parts = await openParts(context);
      return AppModule.with(parts, context);
    },
    strategies: () => [parts.bus.strategy({ group: 'notifications' })],
    readiness: () => ({ database: () => parts.runtime.query('select 1') }),
    startup: () => ({
      async schema() {
        if (!(await schemaIsCurrent(parts.runtime, MIGRATIONS))) throw new Error('migrations are missing');
      },
    }),
    started() {
      for (const loop of parts.loops) loop.start();
    },
  };
}
