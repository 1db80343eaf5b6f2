import { inboxTablesSql, outboxTablesSql } from '@mooring/messaging';
import { leasesTableSql, rolesOf, tenantTableSql, workerPolicySql } from '@mooring/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { READ_TOKENS_FUNCTION } from './read-tokens-function.ts';

const SCHEMA = 'vault';

const GRANTS = `create table vault.grants (
  id uuid primary key,
  workspace_id text not null,
  state text not null check (state in ('pending', 'active', 'revoking', 'destroyed')),
  platform text not null,
  client_id text not null,
  subject_id text not null,
  subject_name text,
  session_id uuid,
  data_key_id uuid not null,
  wrapping_key_id text,
  wrapped_key bytea,
  generation integer not null default 0,
  version integer not null default 0,
  fence integer not null default 0,
  access_expires_at timestamptz,
  refresh_expires_at timestamptz,
  data_access_expires_at timestamptz,
  issued_at timestamptz,
  refreshed_at timestamptz,
  granted_scopes text[] not null default '{}',
  missing_scopes text[] not null default '{}',
  consecutive_failures integer not null default 0,
  last_counted_failure_at timestamptz,
  cut_off_reason text,
  cut_off_since timestamptz,
  episode_id uuid,
  consent_advice boolean not null default false,
  discovered jsonb,
  created_at timestamptz not null,
  check ((state = 'destroyed') = (wrapped_key is null)),
  check ((cut_off_reason is null) = (cut_off_since is null))
)`;

const CONNECTIONS = `create table vault.grant_connections (
  connection_id uuid primary key,
  workspace_id text not null,
  grant_id uuid not null references vault.grants (id),
  platform text not null,
  account_id text not null,
  kind text not null,
  activation integer not null,
  released boolean not null default false,
  own_token boolean not null,
  depends_on_refresh boolean not null,
  token_generation integer not null,
  token_expires_at timestamptz,
  data_access_expires_at timestamptz,
  granted_scopes text[] not null default '{}',
  missing_scopes text[] not null default '{}',
  checked_at timestamptz,
  cut_off_reason text,
  cut_off_since timestamptz,
  check ((cut_off_reason is null) = (cut_off_since is null))
)`;

const TOKENS = `create table vault.sealed_tokens (
  id uuid primary key default gen_random_uuid(),
  workspace_id text not null,
  grant_id uuid not null references vault.grants (id),
  owner text not null,
  kind text not null check (kind in ('access', 'refresh', 'account')),
  generation integer not null,
  blob bytea not null,
  issued_at timestamptz,
  expires_at timestamptz,
  data_access_expires_at timestamptz,
  orphan boolean not null default false,
  created_at timestamptz not null default clock_timestamp()
)`;

const ATTEMPTS = `create table vault.attempts (
  attempt_id uuid primary key,
  workspace_id text not null,
  grant_id uuid not null,
  kind text not null check (kind in ('refresh', 'inspect')),
  trigger text not null,
  requested_by text,
  generation integer,
  not_after timestamptz,
  state text not null default 'recorded' check (state in ('recorded', 'claimed', 'sending', 'done')),
  not_before timestamptz not null default clock_timestamp(),
  owner uuid,
  lease_until timestamptz,
  claims integer not null default 0,
  outcome text,
  created_at timestamptz not null default clock_timestamp(),
  done_at timestamptz
)`;

const RELEASES = `create table vault.releases (
  release_id uuid primary key,
  workspace_id text not null,
  grant_id uuid not null,
  connection_id uuid,
  activation integer,
  result text not null default 'pending',
  not_before timestamptz not null default clock_timestamp(),
  give_up_at timestamptz not null,
  owner uuid,
  lease_until timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  done_at timestamptz
)`;

const REST = [
  // A session that was activated once answers the same ever after.
  `create table vault.activations (
    session_id uuid primary key, workspace_id text not null, grant_id uuid not null, activated_at timestamptz not null)`,
  `create table vault.callbacks (
    platform text not null, deduplication_key text not null, kind text not null, subject_id text not null,
    received_at timestamptz not null default clock_timestamp(), grants_found integer not null,
    primary key (platform, deduplication_key))`,
  `create table vault.token_reads (
    id bigint generated always as identity primary key, read_at timestamptz not null default clock_timestamp(),
    workspace_id text not null, connection_id uuid not null, reader text not null)
    with (autovacuum_vacuum_insert_scale_factor = 0.5)`,
];

const INDEXES = [
  `create unique index grants_session on vault.grants (session_id) where state = 'pending'`,
  `create unique index grants_consent on vault.grants (workspace_id, platform, client_id, subject_id) where state = 'active'`,
  `create index grants_subject on vault.grants (platform, client_id, subject_id) where state in ('pending', 'active')`,
  `create index grants_wrapping_key on vault.grants (wrapping_key_id) where wrapping_key_id is not null`,
  `create index grants_pending on vault.grants (created_at) where state = 'pending'`,
  `create unique index grant_connections_account on vault.grant_connections (workspace_id, platform, kind, account_id)
     where not released`,
  `create index grant_connections_grant on vault.grant_connections (grant_id)`,
  `create unique index sealed_tokens_owner on vault.sealed_tokens (grant_id, owner, kind) where not orphan`,
  `create index sealed_tokens_orphans on vault.sealed_tokens (grant_id) where orphan`,
  `create index attempts_open on vault.attempts (not_before) where state <> 'done'`,
  `create index attempts_grant on vault.attempts (grant_id) where state <> 'done'`,
  `create index attempts_done on vault.attempts (done_at) where state = 'done'`,
  `create index releases_open on vault.releases (not_before) where done_at is null`,
  `create index releases_grant on vault.releases (grant_id) where done_at is null`,
];

const TENANT_TABLES = [
  'grants',
  'grant_connections',
  'sealed_tokens',
  'attempts',
  'releases',
  'activations',
  'token_reads',
];
/** Claims, the count over workspaces and clean-up; never the sealed tokens. */
const WORKER_TABLES = ['grants', 'attempts', 'releases', 'token_reads'];

export class FirstTables1795262400000 implements MigrationInterface {
  readonly name = 'FirstTables1795262400000';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...[GRANTS, CONNECTIONS, TOKENS, ATTEMPTS, RELEASES, ...REST, ...INDEXES],
      ...TENANT_TABLES.flatMap((table) => tenantTableSql(SCHEMA, table)),
      ...WORKER_TABLES.flatMap((table) => workerPolicySql(SCHEMA, table)),
      ...leasesTableSql(SCHEMA),
      ...outboxTablesSql(SCHEMA),
      ...inboxTablesSql(SCHEMA),
      READ_TOKENS_FUNCTION,
      `revoke all on function vault.read_tokens from public`,
      `grant execute on function vault.read_tokens to ${rolesOf(SCHEMA).runtime}`,
    ];
    for (const statement of statements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('the first migration is not taken back'));
  }
}
