import { inboxTablesSql } from '@mooring/messaging';
import { tenantTableSql, workerPolicySql } from '@mooring/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANT_TABLES = [
  'workspaces',
  'members',
  'connections_seen',
  'alerts',
  'alert_connections',
  'feed',
  'read_marks',
  'deliveries',
];
/** Tables that the tail and the sweep read over all workspaces. */
const WORKER_TABLES = ['alerts', 'feed', 'deliveries'];

const DIRECTORY = [
  `create table notifications.workspaces (
    workspace_id text primary key,
    hub_id text not null,
    name text not null,
    time_zone text not null,
    version bigint not null
  )`,
  // Those who left stay as rows, so that a late event does not bring them back.
  `create table notifications.members (
    workspace_id text not null,
    subject text not null,
    role text not null,
    name text not null,
    email text,
    locale text,
    removed boolean not null,
    version bigint not null,
    primary key (workspace_id, subject)
  )`,
  // A hub is no workspace; its admins are looked up by hub and subject.
  `create table notifications.hub_admins (
    hub_id text not null,
    subject text not null,
    name text not null,
    email text,
    locale text,
    removed boolean not null,
    version bigint not null,
    primary key (hub_id, subject)
  )`,
];

const ALERTS = [
  `create table notifications.connections_seen (
    connection_id uuid primary key,
    workspace_id text not null,
    version bigint not null,
    state jsonb not null,
    alert_id uuid
  )`,
  // The id is the vault's episode id where there is one.
  `create table notifications.alerts (
    alert_id uuid primary key,
    workspace_id text not null,
    grant_id uuid,
    has_episode boolean not null,
    platform text not null,
    reason text,
    opened_at timestamptz not null default app.app_now(),
    closed_at timestamptz,
    times_opened integer not null default 1
  )`,
  `create index alerts_open on notifications.alerts (alert_id) where closed_at is null`,
  `create index alerts_of_grant on notifications.alerts (grant_id) where closed_at is null`,
  `create index alerts_of_workspace on notifications.alerts (workspace_id, opened_at desc)`,
  `create table notifications.alert_connections (
    alert_id uuid not null references notifications.alerts on delete cascade,
    connection_id uuid not null,
    workspace_id text not null,
    display_name text not null,
    joined_at timestamptz not null default app.app_now(),
    left_at timestamptz,
    outcome text check (outcome in ('healed', 'removed')),
    primary key (alert_id, connection_id),
    check ((left_at is null) = (outcome is null))
  )`,
];

const FEED = [
  // Writers take an advisory lock before the id is drawn and hold it until they commit: ids are committed in their order,
  // and a reader that goes on after the last id it saw misses none.
  `create table notifications.feed (
    id bigint generated always as identity primary key,
    workspace_id text not null,
    at timestamptz not null default app.app_now(),
    written_at timestamptz not null default clock_timestamp(),
    kind text not null check (kind in ('toast', 'notice', 'alert', 'connection')),
    code text not null,
    connection_id uuid,
    alert_id uuid,
    words text,
    tone text,
    data jsonb not null,
    dedup_key text
  )`,
  `create unique index feed_dedup on notifications.feed (dedup_key) where dedup_key is not null`,
  `create index feed_of_workspace on notifications.feed (workspace_id, id)`,
  `create index feed_shown on notifications.feed (workspace_id, id) where kind in ('toast', 'notice')`,
  `create index feed_written_at on notifications.feed (kind, written_at)`,
  // The highest id that retention has taken: who resumes below it has a gap.
  `create table notifications.feed_floor (only_row boolean primary key default true check (only_row), id bigint not null)`,
  `insert into notifications.feed_floor (id) values (0)`,
  `create table notifications.read_marks (
    workspace_id text not null,
    subject text not null,
    read_up_to bigint not null,
    primary key (workspace_id, subject)
  )`,
  `create table notifications.deliveries (
    feed_id bigint not null references notifications.feed on delete cascade,
    channel text not null,
    workspace_id text not null,
    delivered_at timestamptz,
    primary key (feed_id, channel)
  )`,
  `create index deliveries_owed on notifications.deliveries (channel, feed_id) where delivered_at is null`,
];

/** Directory, alerts, the feed that is also the live stream, and what is owed of it to each channel. */
export class Feed1795262400000 implements MigrationInterface {
  readonly name = 'Feed1795262400000';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...DIRECTORY,
      ...ALERTS,
      ...FEED,
      ...TENANT_TABLES.flatMap((table) => tenantTableSql('notifications', table)),
      ...WORKER_TABLES.flatMap((table) => workerPolicySql('notifications', table)),
      ...inboxTablesSql('notifications'),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    // Migrations only ever expand; there is no way back but a backup.
  }
}
