import type { Secret } from '@mooring/contracts';
import { Client, escapeLiteral } from 'pg';
import { identifier, rolesOf } from './identifiers.ts';

/** A service and the passwords of its roles. */
export interface ServiceToProvision {
  readonly name: string;
  /** Of the roles that the process itself uses. */
  readonly password: Secret;
  /**
   * Of the role that owns the tables, for the migration command alone. Left out, it is the same: then whoever holds the
   * process's password can switch row-level security off.
   */
  readonly ddlPassword?: Secret;
}

/** What the provision command makes. Running it again changes nothing but passwords. */
export interface ProvisionOptions {
  /** The administrator's URL; it may create roles and schemas. */
  readonly adminUrl: Secret;
  /** A service each: schema and roles of that name; `bus` for the embedded bus. */
  readonly services: readonly ServiceToProvision[];
  /** Tests and the demo: the business clock gets an offset that a process may move. */
  readonly testing?: boolean;
}

const LOCK = 0x6d6f6f72;

/** Makes schemas and roles, one statement group a service, in one transaction. */
export async function provision(options: ProvisionOptions): Promise<void> {
  const client = new Client({ connectionString: options.adminUrl.reveal(), application_name: 'mooring provision' });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await client.query(`create schema if not exists app`);
    await client.query(`grant usage on schema app to public`);
    await provisionClock(client, options.testing ?? false);
    for (const service of options.services) await provisionService(client, service);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

async function provisionClock(client: Client, testing: boolean): Promise<void> {
  if (testing) {
    await client.query(`create table if not exists app.testing_clock (
      only_row boolean primary key default true check (only_row), offset_ms bigint not null default 0)`);
    await client.query(`insert into app.testing_clock default values on conflict do nothing`);
    await client.query(`grant select, update on app.testing_clock to public`);
    await client.query(`create or replace function app.app_now() returns timestamptz language sql stable
      as $$ select now() + (select offset_ms from app.testing_clock) * interval '1 millisecond' $$`);
    return;
  }
  const { rowCount } = await client.query(
    `select 1 from pg_proc where proname = 'app_now' and pronamespace = 'app'::regnamespace`,
  );
  if (rowCount) return;
  await client.query(`create function app.app_now() returns timestamptz language sql stable as $$ select now() $$`);
}

async function provisionService(client: Client, service: ServiceToProvision): Promise<void> {
  const { name, password, ddlPassword } = service;
  const schema = identifier(name);
  const roles = rolesOf(schema);
  await ensureRole(client, roles.ddl, ddlPassword ?? password);
  for (const role of [roles.runtime, roles.worker]) await ensureRole(client, role, password);
  // The owner may hand functions to the look-up role, but must not see through that role's policies.
  await client.query(`alter role ${roles.ddl} noinherit`);
  await ensureRole(client, roles.lookup, null);
  await client.query(`create schema if not exists ${schema}`);
  // Ownership can only be given to a role that the giver is a member of, unless the giver is a superuser.
  await client.query(`grant ${roles.ddl} to current_user`);
  await client.query(`alter schema ${schema} owner to ${roles.ddl}`);
  await client.query(`grant ${roles.lookup} to ${roles.ddl}`);
  await client.query(`grant usage on schema ${schema} to ${roles.runtime}, ${roles.worker}, ${roles.lookup}`);
  const toUse = `${roles.runtime}, ${roles.worker}`;
  const byDefault = `alter default privileges for role ${roles.ddl} in schema ${schema}`;
  await client.query(`${byDefault} grant select, insert, update, delete on tables to ${toUse}`);
  await client.query(`${byDefault} grant usage, select on sequences to ${toUse}`);
  await client.query(`alter role ${roles.runtime} set search_path = ${schema}`);
  await client.query(`alter role ${roles.worker} set search_path = ${schema}`);
  await client.query(`alter role ${roles.ddl} set search_path = ${schema}`);
}

async function ensureRole(client: Client, role: string, password: Secret | null): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
  if (!rowCount) await client.query(`create role ${role} nosuperuser nocreatedb nocreaterole nobypassrls`);
  if (password) await client.query(`alter role ${role} login password ${escapeLiteral(password.reveal())}`);
}
