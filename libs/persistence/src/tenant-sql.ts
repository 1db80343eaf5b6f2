import { identifier, rolesOf } from './identifiers.ts';

// As a sub-select the setting is read and parsed once a statement; bare, it would be once a row.
const VISIBLE = `workspace_id = any ((select nullif(current_setting('app.workspaces', true), '')::text[])::text[])`;

/**
 * Row-level security for a table that has a `workspace_id`: enabled, forced on the owner too, one policy for the runtime
 * role. The schema is named like its service.
 */
export function tenantTableSql(schema: string, table: string): string[] {
  const name = `${identifier(schema)}.${identifier(table)}`;
  return [
    `alter table ${name} enable row level security`,
    `alter table ${name} force row level security`,
    `create policy tenant on ${name} to ${rolesOf(schema).runtime} using (${VISIBLE}) with check (${VISIBLE})`,
  ];
}

/** Lets the worker role of the service see every row of a tenant table. */
export function workerPolicySql(schema: string, table: string): string[] {
  const name = `${identifier(schema)}.${identifier(table)}`;
  return [`create policy worker on ${name} to ${rolesOf(schema).worker} using (true) with check (true)`];
}

/** A look-up by an opaque id across workspaces. */
export interface LookupFunction {
  readonly schema: string;
  readonly name: string;
  readonly table: string;
  /** Column and type of the opaque id. */
  readonly by: { readonly column: string; readonly type: 'uuid' | 'text' | 'bytea' };
}

/**
 * A SECURITY DEFINER function that answers the workspace id of a row and nothing else. It is owned by the service's
 * look-up role, which sees just the two columns by a policy of its own: as the table's owner it would see nothing
 * beneath FORCE, and as a superuser it would see everything.
 */
export function lookupFunctionSql(lookup: LookupFunction): string[] {
  const schema = identifier(lookup.schema);
  const table = `${schema}.${identifier(lookup.table)}`;
  const column = identifier(lookup.by.column);
  const signature = `${schema}.${identifier(lookup.name)}(${lookup.by.type})`;
  const roles = rolesOf(schema);
  return [
    `grant select (workspace_id, ${column}) on ${table} to ${roles.lookup}`,
    `do $$ begin
       if not exists (select from pg_policies where schemaname = '${schema}' and tablename = '${lookup.table}' and policyname = 'lookup') then
         create policy lookup on ${table} for select to ${roles.lookup} using (true);
       end if;
     end $$`,
    `create function ${signature} returns setof text language sql stable security definer set search_path = pg_catalog
       as $$ select workspace_id from ${table} where ${column} = $1 $$`,
    `grant create on schema ${schema} to ${roles.lookup}`,
    `alter function ${signature} owner to ${roles.lookup}`,
    `revoke create on schema ${schema} from ${roles.lookup}`,
    `revoke all on function ${signature} from public`,
    `grant execute on function ${signature} to ${roles.runtime}, ${roles.worker}`,
  ];
}
