import type { MooringEvent } from '@mooring/contracts';
import { type Inbox, type Outbox } from '@mooring/messaging';
import { afterCommit, inWorkspaces, rows, setWorkspaces } from '@mooring/persistence';
import type { DataSource, EntityManager } from 'typeorm';
import { logAnnounced } from './announced-log.ts';
import { type Stores, Transactions, type WorkspaceLookup } from './ports.ts';
import { PostgresConnectionStore } from './postgres-connection-store.ts';
import { PostgresDirectoryStore } from './postgres-directory-store.ts';
import { PostgresSessionStore } from './postgres-session-store.ts';

/** Transactions as the run-time role, beneath row-level security. */
export class PostgresTransactions extends Transactions {
  readonly lookup: WorkspaceLookup;

  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    private readonly inbox: Inbox,
  ) {
    super();
    this.lookup = new PostgresWorkspaceLookup(dataSource);
  }

  inWorkspace<T>(workspaceId: string | readonly string[], work: (stores: Stores) => Promise<T>): Promise<T> {
    return inWorkspaces(this.dataSource, workspaceId, (manager) => work(this.#stores(manager)));
  }

  outsideWorkspaces<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    return this.dataSource.transaction((manager) => work(this.#stores(manager)));
  }

  async onceFor(event: MooringEvent, work: (stores: Stores) => Promise<void>): Promise<void> {
    await this.inbox.handleOnce(this.dataSource, event, async (manager) => {
      await setWorkspaces(manager, event.workspaceId);
      await work(this.#stores(manager));
    });
  }

  #stores(manager: EntityManager): Stores {
    return {
      directory: new PostgresDirectoryStore(manager),
      sessions: new PostgresSessionStore(manager),
      connections: new PostgresConnectionStore(manager),
      announce: async (...events) => {
        await this.outbox.add(manager, ...events);
        afterCommit(manager, () => events.forEach(logAnnounced));
      },
    };
  }
}

/** Look-ups by functions that answer a workspace id and nothing else. */
class PostgresWorkspaceLookup implements WorkspaceLookup {
  constructor(private readonly dataSource: DataSource) {}

  ofConnection(connectionId: string): Promise<string | null> {
    return this.#one('workspace_of_connection', connectionId);
  }

  ofSession(sessionId: string): Promise<string | null> {
    return this.#one('workspace_of_session', sessionId);
  }

  ofState(stateHash: Buffer): Promise<string | null> {
    return this.#one('workspace_of_state', stateHash);
  }

  ofHub(hubId: string): Promise<string[]> {
    return this.#all('workspaces_of_hub', hubId);
  }

  ofMember(subject: string): Promise<string[]> {
    return this.#all('workspaces_of_member', subject);
  }

  async #one(lookup: string, by: unknown): Promise<string | null> {
    const [id] = await this.#all(lookup, by);
    return id ?? null;
  }

  async #all(lookup: string, by: unknown): Promise<string[]> {
    const found = await rows<{ id: string }>(this.dataSource.manager, `select ${lookup}($1) as id`, [by]);
    return found.map((row) => row.id);
  }
}
