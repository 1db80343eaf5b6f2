import type { Hub, HubAdmin, Member, Workspace } from './directory.ts';

/** Workspaces and members that the transaction may see; hubs and their admins belong to no workspace. */
export interface DirectoryStore {
  hub(id: string): Promise<Hub | null>;
  hubs(ids: readonly string[]): Promise<Hub[]>;
  hubAdmin(hubId: string, subject: string): Promise<HubAdmin | null>;
  hubsAdministeredBy(subject: string): Promise<string[]>;
  workspace(id: string): Promise<Workspace | null>;
  /** With the row locked until the transaction ends: whoever changes which accounts a workspace holds takes it first. */
  lockWorkspace(id: string): Promise<Workspace | null>;
  workspaces(): Promise<Workspace[]>;
  member(workspaceId: string, subject: string): Promise<Member | null>;
  membershipsOf(subject: string): Promise<Member[]>;
  saveHub(hub: Omit<Hub, 'version'>): Promise<Hub>;
  /** Each save raises the row's version; rows that exist are locked by it. */
  saveHubAdmin(admin: Omit<HubAdmin, 'version'>): Promise<HubAdmin>;
  saveWorkspace(workspace: Omit<Workspace, 'version'>): Promise<Workspace>;
  saveMember(member: Omit<Member, 'version'>): Promise<Member>;
}
