import { tenantTableSql, workerPolicySql } from '@mooring/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LEASE_PERMITS_FUNCTION } from './lease-permits-function.ts';

/**
 * State of the platforms' apps that all replicas share. Unlogged: a crash of the database empties it, and then calls begin
 * cautiously. Nothing in it belongs to a workspace.
 */
const TABLES = [
  `create unlogged table vault.platform_apps (
    platform text not null,
    client_id text not null,
    begun_at timestamptz not null,
    permits double precision not null default 0,
    refilled_at timestamptz not null,
    usage double precision not null default 0,
    usage_until timestamptz,
    breaker text not null default 'closed' check (breaker in ('closed', 'open')),
    cause text check (cause in ('outage', 'rate_limited', 'misconfigured')),
    detail text,
    since timestamptz not null,
    step integer not null default 0,
    open_until timestamptz,
    probe_by uuid,
    probe_until timestamptz,
    alerted_at timestamptz,
    readiness jsonb,
    readiness_at timestamptz,
    readiness_due_at timestamptz,
    primary key (platform, client_id)) with (fillfactor = 50)`,
  `create unlogged table vault.platform_shares (
    platform text not null, client_id text not null, replica uuid not null,
    places integer not null, wants integer not null, until timestamptz not null,
    primary key (platform, client_id, replica)) with (fillfactor = 50)`,
  `create unlogged table vault.platform_grant_holds (
    platform text not null, client_id text not null, grant_id uuid not null, until timestamptz not null,
    primary key (platform, client_id, grant_id))`,
];

/** What people asked platforms to have deleted; the confirmation code is all that the public page needs. */
const DATA_DELETIONS = `create table vault.data_deletions (
  code text primary key,
  platform text not null,
  deduplication_key text not null,
  requested_at timestamptz not null default clock_timestamp(),
  grants_found integer not null,
  unique (platform, deduplication_key))`;

const DATA_DELETION_GRANTS = `create table vault.data_deletion_grants (
  code text not null references vault.data_deletions (code) on delete cascade,
  grant_id uuid not null,
  workspace_id text not null,
  attempt_id uuid not null,
  result text check (result in ('deleted', 'kept')),
  done_at timestamptz,
  primary key (code, grant_id))`;

export class PlatformLimits1795265000000 implements MigrationInterface {
  readonly name = 'PlatformLimits1795265000000';

  async up(runner: QueryRunner): Promise<void> {
    const index = `create index data_deletion_grants_open on vault.data_deletion_grants (code) where done_at is null`;
    const ofTenants = [tenantTableSql, workerPolicySql].flatMap((sql) => sql('vault', 'data_deletion_grants'));
    const deletions = [DATA_DELETIONS, DATA_DELETION_GRANTS, index, ...ofTenants];
    for (const statement of [...TABLES, LEASE_PERMITS_FUNCTION, ...deletions]) await runner.query(statement);
  }

  async down(): Promise<void> {
    // Migrations only ever expand.
  }
}
