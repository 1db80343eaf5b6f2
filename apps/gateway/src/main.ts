import 'reflect-metadata';
import { runService } from '@mooring/runtime';
import { readSettings } from './config.ts';
import { gatewayService, portsOf } from './service.ts';

await runService({
  ...gatewayService(),
  settings: () => readSettings(),
  // A getter, so that settings are first read where their errors are told well.
  get listen() {
    return portsOf(readSettings());
  },
});
