import type { MigrationClass } from '@mooring/persistence';
import { FirstTables1795262400000 } from './1795262400000-first-tables.ts';
import { ConnectionMoves1795262700000 } from './1795262700000-connection-moves.ts';
import { NoticesByAccount1795267000000 } from './1795267000000-notices-by-account.ts';
import { NoticedReason1795266000000 } from './1795266000000-noticed-reason.ts';
import { PlatformLimits1795265000000 } from './1795265000000-platform-limits.ts';
import { Rotation1795264000000 } from './1795264000000-rotation.ts';

/** Every migration of the vault, oldest first. */
export const MIGRATIONS: readonly MigrationClass[] = [
  FirstTables1795262400000,
  ConnectionMoves1795262700000,
  Rotation1795264000000,
  PlatformLimits1795265000000,
  NoticedReason1795266000000,
  NoticesByAccount1795267000000,
];
