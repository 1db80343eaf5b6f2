import type { DataSource, EntityManager } from 'typeorm';

/** Thrown when a tenant transaction is asked for without a workspace. */
export class NoWorkspaceError extends Error {
  override readonly name = 'NoWorkspaceError';
}

/**
 * Sets the workspaces that the rest of this transaction may see. The setting ends with the transaction, so that a
 * connection of the pool never carries it to the next one.
 * @param workspaceIds one id, or several for an overview of a hub
 */
export async function setWorkspaces(manager: EntityManager, workspaceIds: string | readonly string[]): Promise<void> {
  const ids = typeof workspaceIds === 'string' ? [workspaceIds] : [...workspaceIds];
  if (ids.length === 0) throw new NoWorkspaceError('a tenant transaction needs at least one workspace');
  await manager.query(`select set_config('app.workspaces', $1::text[]::text, true)`, [ids]);
}

/** Runs `work` in one transaction that sees only these workspaces; use repositories of the given manager alone. */
export function inWorkspaces<T>(
  dataSource: DataSource,
  workspaceIds: string | readonly string[],
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  return dataSource.transaction(async (manager) => {
    await setWorkspaces(manager, workspaceIds);
    return work(manager);
  });
}
