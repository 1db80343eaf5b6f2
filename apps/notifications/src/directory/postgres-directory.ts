import type { RoleCode } from '@mooring/contracts';
import type { Inbox } from '@mooring/messaging';
import { inWorkspaces, rows, setWorkspaces } from '@mooring/persistence';
import type { DataSource, EntityManager } from 'typeorm';
import { Directory, type DirectoryEvent, type OpenDirectory, type Standing } from './ports.ts';

/** The directory in PostgreSQL: the newest version of every row wins, in whatever order events arrive. */
export class PostgresDirectory extends Directory {
  readonly #dataSource: DataSource;
  readonly #inbox: Inbox;

  constructor(dataSource: DataSource, inbox: Inbox) {
    super();
    this.#dataSource = dataSource;
    this.#inbox = inbox;
  }

  async once(event: DirectoryEvent, work: (directory: OpenDirectory) => Promise<void>): Promise<void> {
    await this.#inbox.handleOnce(this.#dataSource, event, async (manager) => {
      await setWorkspaces(manager, event.workspaceId);
      await work(openDirectory(manager));
    });
  }

  standing(workspaceId: string, subject: string): Promise<Standing> {
    return inWorkspaces(this.#dataSource, workspaceId, async (manager) => {
      const [row] = await rows<{ role: RoleCode | null; is_hub_admin: boolean }>(
        manager,
        `select (select role from members where workspace_id = $1 and subject = $2 and not removed) as role,
           exists (select from workspaces w join hub_admins a on a.hub_id = w.hub_id
                   where w.workspace_id = $1 and a.subject = $2 and not a.removed) as is_hub_admin`,
        [workspaceId, subject],
      );
      return { memberRole: row?.role ?? null, isHubAdmin: row?.is_hub_admin ?? false };
    });
  }
}

function openDirectory(manager: EntityManager): OpenDirectory {
  return {
    async putWorkspace(workspace) {
      await manager.query(
        `insert into workspaces as w (workspace_id, hub_id, name, time_zone, version) values ($1, $2, $3, $4, $5)
         on conflict (workspace_id) do update
           set name = excluded.name, time_zone = excluded.time_zone, version = excluded.version
           where w.version < excluded.version`,
        [workspace.workspaceId, workspace.hubId, workspace.name, workspace.timeZone, workspace.version],
      );
    },
    async putMember(member) {
      const { workspaceId, subject, role, name, email, locale, version } = member;
      await writeMember(manager, [workspaceId, subject, role, name, email, locale, false, version]);
    },
    async removeMember({ workspaceId, subject, version }) {
      await writeMember(manager, [workspaceId, subject, 'viewer', '', null, null, true, version]);
    },
    async putHubAdmin(admin) {
      await manager.query(
        `insert into hub_admins as a (hub_id, subject, name, email, locale, removed, version)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (hub_id, subject) do update set name = excluded.name, email = excluded.email,
           locale = excluded.locale, removed = excluded.removed, version = excluded.version
           where a.version < excluded.version`,
        [admin.hubId, admin.subject, admin.name, admin.email, admin.locale, admin.removed, admin.version],
      );
    },
  };
}

async function writeMember(manager: EntityManager, columns: readonly unknown[]): Promise<void> {
  await manager.query(
    `insert into members as m (workspace_id, subject, role, name, email, locale, removed, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (workspace_id, subject) do update set role = excluded.role, name = excluded.name,
       email = excluded.email, locale = excluded.locale, removed = excluded.removed, version = excluded.version
       where m.version < excluded.version`,
    [...columns],
  );
}
