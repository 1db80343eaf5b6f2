import 'reflect-metadata';
import { runService } from '@mooring/runtime';
import { readSettings } from './config.ts';
import { portsOf, vaultService } from './service.ts';

await runService({
  ...vaultService(),
  settings: () => readSettings(),
  get listen() {
    return portsOf(readSettings());
  },
});
