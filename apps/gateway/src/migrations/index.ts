import type { MigrationClass } from '@mooring/persistence';
import { Foundation1763700000000 } from './1763700000000-foundation.ts';
import { HealedSiblings1795262500000 } from './1795262500000-healed-siblings.ts';
import { ConnectionCensus1795262600000 } from './1795262600000-connection-census.ts';
import { ConnectionMoves1795262700000 } from './1795262700000-connection-moves.ts';
import { OneAccountOnce1795262800000 } from './1795262800000-one-account-once.ts';

/** Every migration of the schema `gateway`, in order. */
export const MIGRATIONS: readonly MigrationClass[] = [
  Foundation1763700000000,
  HealedSiblings1795262500000,
  ConnectionCensus1795262600000,
  ConnectionMoves1795262700000,
  OneAccountOnce1795262800000,
];
