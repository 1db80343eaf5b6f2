import { inboxTablesSql, outboxTablesSql } from '@mooring/messaging';
import { tenantTableSql, workerPolicySql } from '@mooring/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANT_TABLES = ['grant_schedules', 'released_grants', 'deadlines'];

/** One narrow row a grant for the claims, one row a deadline for the reminders. */
export class Schedules1795262400000 implements MigrationInterface {
  readonly name = 'Schedules1795262400000';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      // Business time: next_*. Real time: lease_until, since it guards against processes.
      `create table scheduler.grant_schedules (
        grant_id uuid primary key,
        workspace_id text not null,
        version bigint not null,
        generation bigint not null,
        next_refresh_at timestamptz,
        next_inspection_at timestamptz not null,
        next_due_at timestamptz not null generated always as (least(next_refresh_at, next_inspection_at)) stored,
        refresh_failures smallint not null default 0,
        inspection_failures smallint not null default 0,
        attempt_id uuid,
        attempt_kind text check (attempt_kind in ('refresh', 'inspect')),
        claim_owner uuid,
        lease_until timestamptz,
        sent_count smallint not null default 0,
        check ((attempt_id is null) = (lease_until is null)),
        check ((attempt_id is null) = (attempt_kind is null))
      ) with (fillfactor = 80)`,
      `create index grant_schedules_due on scheduler.grant_schedules (next_due_at) where attempt_id is null`,
      `create index grant_schedules_lease on scheduler.grant_schedules (lease_until) where attempt_id is not null`,
      // A late event of a grant that is gone must not bring its row back.
      `create table scheduler.released_grants (
        grant_id uuid primary key,
        workspace_id text not null,
        released_at timestamptz not null default clock_timestamp()
      )`,
      `create index released_grants_at on scheduler.released_grants (released_at)`,
      `create table scheduler.deadlines (
        grant_id uuid not null,
        connection_id uuid not null,
        workspace_id text not null,
        at timestamptz not null,
        kind text not null,
        reminded_days smallint,
        reached boolean not null default false,
        next_at timestamptz,
        primary key (grant_id, connection_id)
      )`,
      `create index deadlines_due on scheduler.deadlines (next_at) where next_at is not null`,
      ...TENANT_TABLES.flatMap((table) => [
        ...tenantTableSql('scheduler', table),
        ...workerPolicySql('scheduler', table),
      ]),
      ...outboxTablesSql('scheduler'),
      ...inboxTablesSql('scheduler'),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    // Migrations only ever expand; there is no way back but a backup.
  }
}
