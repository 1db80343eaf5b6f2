/**
 * One statement a read: sets the tenant, writes the audit row and answers the sealed row with the facts that its status
 * follows from. The commit does not wait for the disk: a crash of the database may lose the last moments of read audit.
 * One JSON text is answered and not a row of twenty columns: it costs a third less, in the database and in the driver.
 */
export const READ_TOKEN_FUNCTION = `create function vault.read_token(p_workspace text, p_connection uuid, p_reader text)
  returns text language plpgsql volatile as $$
declare
  answer text;
begin
  perform set_config('app.workspaces', array[p_workspace]::text, true), set_config('synchronous_commit', 'off', true);
  insert into vault.token_reads (workspace_id, connection_id, reader) values (p_workspace, p_connection, p_reader);
  select json_build_array(
      g.platform, g.state, g.id, g.generation, g.data_key_id, g.wrapping_key_id, encode(g.wrapped_key, 'base64'),
      g.access_expires_at, g.refresh_expires_at, g.data_access_expires_at,
      c.account_id, c.released, c.own_token, c.depends_on_refresh, c.cut_off_reason,
      c.token_expires_at, c.data_access_expires_at, c.granted_scopes,
      t.generation, encode(t.blob, 'base64'))::text
    into answer
    from vault.grant_connections c
    join vault.grants g on g.id = c.grant_id
    left join vault.sealed_tokens t on t.grant_id = c.grant_id and not t.orphan
      and t.owner = case when c.own_token then c.connection_id::text else 'grant' end
      and t.kind = case when c.own_token then 'account' else 'access' end
    where c.connection_id = p_connection and c.workspace_id = p_workspace;
  return answer;
end $$`;
