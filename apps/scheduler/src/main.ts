import 'reflect-metadata';
import { runService } from '@mooring/runtime';
import { readSettings } from './config.ts';
import { schedulerService } from './service.ts';

await runService({ ...schedulerService(), settings: () => readSettings() });
