import { randomUUID } from 'node:crypto';
import { Leases } from '@mooring/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RefreshSettings } from './refresh-settings.ts';

/** One at a time, over all processes: whoever renews or revokes a grant's tokens holds its lease. */
@Injectable()
export class GrantLease {
  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: RefreshSettings,
  ) {}

  /** Runs `work` under the grant's lease; answers `busy` where somebody else has it. */
  async hold<T, B>(grantId: string, otherwise: { readonly busy: B }, work: () => Promise<T>): Promise<T | B> {
    // A holder of its own each time: two holders in one process must not take each other for themselves.
    const leases = new Leases(this.dataSource, randomUUID());
    const lease = await leases.acquire(`grant:${grantId}`, this.settings.leaseMs);
    if (!lease) return otherwise.busy;
    try {
      return await work();
    } finally {
      // Where the database is away the lease lapses by itself; what was done under it stands.
      await leases.release(lease).catch(() => undefined);
    }
  }
}
