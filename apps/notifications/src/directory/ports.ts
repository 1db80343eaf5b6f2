import type { EventData, MooringEvent, RoleCode } from '@mooring/contracts';

/** Events about who belongs where. */
export type DirectoryEvent = MooringEvent<'WorkspaceChanged' | 'MemberChanged' | 'MemberRemoved' | 'HubAdminChanged'>;

/** The directory as one event's transaction sees it; what is older than what is known changes nothing. */
export interface OpenDirectory {
  putWorkspace(workspace: EventData<'WorkspaceChanged'>): Promise<void>;
  putMember(member: EventData<'MemberChanged'>): Promise<void>;
  removeMember(member: EventData<'MemberRemoved'>): Promise<void>;
  putHubAdmin(admin: EventData<'HubAdminChanged'>): Promise<void>;
}

/** What somebody is to a workspace. */
export interface Standing {
  readonly memberRole: RoleCode | null;
  readonly isHubAdmin: boolean;
}

/** Our copy of the product's directory. */
export abstract class Directory {
  /** Does the work of an event once. */
  abstract once(event: DirectoryEvent, work: (directory: OpenDirectory) => Promise<void>): Promise<void>;
  abstract standing(workspaceId: string, subject: string): Promise<Standing>;
}
