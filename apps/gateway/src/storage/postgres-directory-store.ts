import { rows } from '@mooring/persistence';
import { type EntityManager, type EntitySchema, In } from 'typeorm';
import type { Hub, HubAdmin, Member, Workspace } from '../directory/directory.ts';
import type { DirectoryStore } from '../directory/ports.ts';
import { HUB_ADMINS, HUBS, MEMBERS, WORKSPACES } from './entities.ts';

/** The directory in PostgreSQL, within one transaction. */
export class PostgresDirectoryStore implements DirectoryStore {
  constructor(private readonly manager: EntityManager) {}

  hub(id: string): Promise<Hub | null> {
    return this.manager.findOne(HUBS, { where: { id } });
  }

  hubs(ids: readonly string[]): Promise<Hub[]> {
    return this.manager.find(HUBS, { where: { id: In([...ids]) }, order: { name: 'ASC', id: 'ASC' } });
  }

  hubAdmin(hubId: string, subject: string): Promise<HubAdmin | null> {
    return this.manager.findOne(HUB_ADMINS, { where: { hubId, subject, removed: false } });
  }

  async hubsAdministeredBy(subject: string): Promise<string[]> {
    const found = await this.manager.find(HUB_ADMINS, { where: { subject, removed: false } });
    return found.map((admin) => admin.hubId);
  }

  workspace(id: string): Promise<Workspace | null> {
    return this.manager.findOne(WORKSPACES, { where: { id } });
  }

  // Not a full row lock: a foreign key's check in a transaction that holds connections would wait for it, and deadlock.
  lockWorkspace(id: string): Promise<Workspace | null> {
    return this.manager.findOne(WORKSPACES, { where: { id }, lock: { mode: 'for_no_key_update' } });
  }

  workspaces(): Promise<Workspace[]> {
    return this.manager.find(WORKSPACES, { order: { name: 'ASC', id: 'ASC' } });
  }

  member(workspaceId: string, subject: string): Promise<Member | null> {
    return this.manager.findOne(MEMBERS, { where: { workspaceId, subject, removed: false } });
  }

  membershipsOf(subject: string): Promise<Member[]> {
    return this.manager.find(MEMBERS, { where: { subject, removed: false } });
  }

  saveHub(hub: Omit<Hub, 'version'>): Promise<Hub> {
    return this.#put(HUBS, ['id'], hub);
  }

  saveHubAdmin(admin: Omit<HubAdmin, 'version'>): Promise<HubAdmin> {
    return this.#put(HUB_ADMINS, ['hub_id', 'subject'], admin);
  }

  saveWorkspace(workspace: Omit<Workspace, 'version'>): Promise<Workspace> {
    return this.#put(WORKSPACES, ['workspace_id'], workspace);
  }

  saveMember(member: Omit<Member, 'version'>): Promise<Member> {
    return this.#put(MEMBERS, ['workspace_id', 'subject'], member);
  }

  // One statement, since two writers of a new row must both end with it and with different versions.
  async #put<T extends object>(
    schema: EntitySchema<T>,
    keys: readonly string[],
    value: Omit<T, 'version'>,
  ): Promise<T> {
    const { tableName, columns } = this.manager.connection.getMetadata(schema);
    const written = columns.filter((column) => column.propertyName !== 'version');
    const names = written.map((column) => column.databaseName);
    const changed = names.filter((name) => !keys.includes(name)).map((name) => `${name} = excluded.${name}`);
    const [row] = await rows<{ version: number }>(
      this.manager,
      `insert into ${tableName} as t (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})
       on conflict (${keys.join(', ')}) do update set ${[...changed, 'version = t.version + 1'].join(', ')}
       returning version`,
      written.map((column) => (value as Record<string, unknown>)[column.propertyName]),
    );
    return { ...value, version: row?.version ?? 1 } as T;
  }
}
