import type { MigrationClass } from '@mooring/persistence';
import { Schedules1795262400000 } from './1795262400000-schedules.ts';

/** Every migration of the scheduler's schema, oldest first. */
export const MIGRATIONS: readonly MigrationClass[] = [Schedules1795262400000];
