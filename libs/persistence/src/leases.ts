import type { DurationMs } from '@mooring/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import { rows } from './data-source.ts';
import { identifier } from './identifiers.ts';

/** The table of leases; real time, because a lease guards against processes and not against business dates. */
export function leasesTableSql(schema: string): string[] {
  return [
    `create table ${identifier(schema)}.leases (
      name text primary key, owner uuid not null, fence bigint not null, expires_at timestamptz not null)`,
  ];
}

/** A lease that was taken: its fence is higher than that of every earlier holder. */
export interface Lease {
  readonly name: string;
  readonly owner: string;
  readonly fence: number;
}

/** Leases by name in PostgreSQL. A lease that isn't released lapses by itself; the releaser must be the holder (C22). */
export class Leases {
  readonly #dataSource: DataSource;
  readonly #owner: string;

  /** @param owner UUID of this holder: one a process, or one a worker */
  constructor(dataSource: DataSource, owner: string) {
    this.#dataSource = dataSource;
    this.#owner = owner;
  }

  /** Takes the lease if it is free, lapsed or already ours; null otherwise. */
  async acquire(
    name: string,
    ttlMs: DurationMs,
    manager: EntityManager = this.#dataSource.manager,
  ): Promise<Lease | null> {
    const [row] = await rows<{ fence: string }>(
      manager,
      `insert into leases as l (name, owner, fence, expires_at)
       values ($1, $2, 1, clock_timestamp() + $3 * interval '1 millisecond')
       on conflict (name) do update
         set owner = excluded.owner, expires_at = excluded.expires_at,
             fence = case when l.owner = excluded.owner and l.expires_at > clock_timestamp() then l.fence else l.fence + 1 end
         where l.owner = excluded.owner or l.expires_at <= clock_timestamp()
       returning fence`,
      [name, this.#owner, ttlMs],
    );
    return row ? { name, owner: this.#owner, fence: Number(row.fence) } : null;
  }

  /** Gives the lease back if it is still the one that was taken; says whether it was. */
  async release(lease: Lease): Promise<boolean> {
    const found = await rows<{ name: string }>(
      this.#dataSource.manager,
      // The row stays, so that the fence never starts again at one.
      `update leases set expires_at = '-infinity' where name = $1 and owner = $2 and fence = $3 returning name`,
      [lease.name, lease.owner, lease.fence],
    );
    return found.length > 0;
  }
}
