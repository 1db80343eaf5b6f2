import type { MooringEvent } from '@mooring/contracts';
import type { ConnectionStore } from '../connections/ports.ts';
import type { SessionStore } from '../connect/ports.ts';
import type { DirectoryStore } from '../directory/ports.ts';

/** Everything that one transaction reads and writes. */
export interface Stores {
  readonly directory: DirectoryStore;
  readonly sessions: SessionStore;
  readonly connections: ConnectionStore;
  /** Puts events into the outbox: they are announced when the transaction commits, and only then. */
  announce(...events: MooringEvent[]): Promise<void>;
}

/** Which workspace an opaque id belongs to; nothing else of another workspace can be seen. */
export interface WorkspaceLookup {
  ofConnection(connectionId: string): Promise<string | null>;
  ofSession(sessionId: string): Promise<string | null>;
  ofState(stateHash: Buffer): Promise<string | null>;
  ofHub(hubId: string): Promise<string[]>;
  ofMember(subject: string): Promise<string[]>;
}

/** Transactions of the gateway, each bound to the workspaces it may see. */
export abstract class Transactions {
  abstract readonly lookup: WorkspaceLookup;
  abstract inWorkspace<T>(workspaceId: string | readonly string[], work: (stores: Stores) => Promise<T>): Promise<T>;
  /** Sees no workspace: hubs and their admins only. */
  abstract outsideWorkspaces<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /** Handles an event once: what it changes and that it was handled are one transaction. */
  abstract onceFor(event: MooringEvent, work: (stores: Stores) => Promise<void>): Promise<void>;
}
