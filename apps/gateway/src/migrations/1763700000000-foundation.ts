import { inboxTablesSql, outboxTablesSql } from '@mooring/messaging';
import { lookupFunctionSql, tenantTableSql, workerPolicySql } from '@mooring/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const SCHEMA = 'gateway';

const DIRECTORY = [
  `create table gateway.hubs (
    id text primary key, name text not null, version integer not null default 1)`,
  `create table gateway.hub_admins (
    hub_id text not null references gateway.hubs, subject text not null, name text not null, email text, locale text,
    removed boolean not null, version integer not null default 1, primary key (hub_id, subject))`,
  `create index hub_admins_subject on gateway.hub_admins (subject)`,
  `create table gateway.workspaces (
    workspace_id text primary key, hub_id text not null references gateway.hubs, name text not null, plan text not null,
    time_zone text not null, version integer not null default 1)`,
  `create index workspaces_hub on gateway.workspaces (hub_id)`,
  `create table gateway.members (
    workspace_id text not null references gateway.workspaces, subject text not null, role text not null,
    name text not null, email text, locale text, removed boolean not null, version integer not null default 1,
    primary key (workspace_id, subject))`,
  `create index members_subject on gateway.members (subject)`,
];

const CONNECTIONS = [
  `create table gateway.connections (
    id uuid primary key,
    workspace_id text not null references gateway.workspaces,
    platform text not null,
    kind text not null,
    account_id text not null,
    display_name text not null,
    username text,
    avatar_url text,
    phase text not null check (phase in ('reserved', 'live', 'removed')),
    version integer not null,
    activation integer not null,
    grant_id uuid,
    grant_version integer not null,
    grant_generation integer not null,
    cut_off_reason text,
    cut_off_since timestamptz,
    deadline_at timestamptz,
    deadline_kind text,
    reminded_days_left integer,
    episode_id uuid,
    consent_advised boolean not null,
    granted_scopes text[] not null,
    missing_scopes text[] not null,
    token_expires_at timestamptz,
    data_access_expires_at timestamptz,
    last_refreshed_at timestamptz,
    last_checked_at timestamptz,
    status text not null,
    reason text,
    action text,
    previous_status text,
    status_since timestamptz not null,
    connected_at timestamptz not null,
    connected_by text not null,
    connected_by_name text,
    consented_at timestamptz not null,
    consented_as text,
    removed_at timestamptz,
    release_id uuid,
    revocation text,
    metadata jsonb not null default '{}',
    unique (workspace_id, platform, kind, account_id))`,
  `create index connections_grant on gateway.connections (grant_id)`,
  `create table gateway.connection_events (
    id uuid primary key,
    workspace_id text not null,
    connection_id uuid not null references gateway.connections on delete cascade,
    kind text not null,
    occurred_at timestamptz not null,
    summary text not null,
    by_subject text,
    by_name text,
    on_behalf_of_workspace boolean not null)`,
  `create index connection_events_newest on gateway.connection_events (connection_id, occurred_at desc, id desc)`,
];

const SESSIONS = [
  `create table gateway.connect_sessions (
    id uuid primary key,
    workspace_id text not null references gateway.workspaces,
    platform text not null,
    purpose text not null check (purpose in ('connect', 'reconnect')),
    connection_id uuid,
    state text not null,
    state_hash bytea unique,
    browser_hash bytea,
    result_hash bytea,
    sealed_verifier bytea,
    redirect_uri text not null,
    return_url text not null,
    rerequest boolean not null,
    requested_scopes text[] not null,
    issuer text not null,
    subject text not null,
    subject_name text,
    on_behalf_of_workspace boolean not null,
    created_at timestamptz not null,
    link_expires_at timestamptz not null,
    choose_until timestamptz,
    pending_grant text not null check (pending_grant in ('none', 'open', 'settled')),
    offer jsonb,
    planned jsonb not null,
    failure jsonb,
    touched_at timestamptz not null default clock_timestamp())`,
  `create index connect_sessions_choosing on gateway.connect_sessions (choose_until) where state in ('offered', 'claimed')`,
  `create index connect_sessions_at_work on gateway.connect_sessions (touched_at) where state in ('completing', 'activating')`,
  `create index connect_sessions_unsettled on gateway.connect_sessions (touched_at)
    where pending_grant = 'open' and state in ('failed', 'expired')`,
  `create index connect_sessions_created on gateway.connect_sessions (created_at)`,
];

const TENANT_TABLES = ['workspaces', 'members', 'connections', 'connection_events', 'connect_sessions'];

const lookup = (name: string, table: string, column: string, type: 'uuid' | 'text' | 'bytea') =>
  lookupFunctionSql({ schema: SCHEMA, name, table, by: { column, type } });

/** Directory, connections with their history, connect sessions, outbox and inbox. */
export class Foundation1763700000000 implements MigrationInterface {
  readonly name = 'Foundation1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...DIRECTORY,
      ...CONNECTIONS,
      ...SESSIONS,
      ...TENANT_TABLES.flatMap((table) => tenantTableSql(SCHEMA, table)),
      ...workerPolicySql(SCHEMA, 'connect_sessions'),
      ...lookup('workspaces_of_hub', 'workspaces', 'hub_id', 'text'),
      ...lookup('workspaces_of_member', 'members', 'subject', 'text'),
      ...lookup('workspace_of_connection', 'connections', 'id', 'uuid'),
      ...lookup('workspace_of_session', 'connect_sessions', 'id', 'uuid'),
      ...lookup('workspace_of_state', 'connect_sessions', 'state_hash', 'bytea'),
      ...outboxTablesSql(SCHEMA),
      ...inboxTablesSql(SCHEMA),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    // Migrations only ever expand.
  }
}
