import { MooringError } from '@mooring/contracts';
import type { Stores } from '../storage/ports.ts';
import type { Connection } from './connection.ts';

/** A connection that people may see: one that is being set up isn't there yet. Throws MooringError `not_found`. */
export async function visibleConnection(stores: Stores, connectionId: string): Promise<Connection> {
  const connection = await stores.connections.find(connectionId);
  if (!connection || connection.phase === 'reserved') throw new MooringError('not_found');
  return connection;
}
