import type { MigrationClass } from '@mooring/persistence';
import { Feed1795262400000 } from './1795262400000-feed.ts';

/** Every migration of the schema of notifications, oldest first. */
export const MIGRATIONS: readonly MigrationClass[] = [Feed1795262400000];
