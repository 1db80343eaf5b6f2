import type { MigrationClass } from '@mooring/persistence';
import { Foundation1763700000000 } from './1763700000000-foundation.ts';

/** Every migration of the schema `gateway`, in order. */
export const MIGRATIONS: readonly MigrationClass[] = [Foundation1763700000000];
