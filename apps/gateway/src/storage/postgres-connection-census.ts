import { rows } from '@mooring/persistence';
import type { Clock } from '@mooring/runtime/clock';
import type { DataSource } from 'typeorm';
import type { ConnectionCensus, ConnectionCount } from '../connections/ports.ts';
import { STATUS_NOW } from './postgres-connection-store.ts';

/** Counts across workspaces as the worker role. */
export class PostgresConnectionCensus implements ConnectionCensus {
  constructor(
    private readonly worker: DataSource,
    private readonly clock: Clock,
  ) {}

  count(): Promise<ConnectionCount[]> {
    return rows<ConnectionCount>(
      this.worker.manager,
      `select platform, status, count(*)::int as count
       from (select platform, ${STATUS_NOW} as status from connections where phase <> 'reserved') c
       group by platform, status`,
      [this.clock.now()],
    );
  }
}
