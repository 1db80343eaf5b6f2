import type { MigrationClass } from '@mooring/persistence';
import { FirstTables1795262400000 } from './1795262400000-first-tables.ts';

/** Every migration of the vault, oldest first. */
export const MIGRATIONS: readonly MigrationClass[] = [FirstTables1795262400000];
