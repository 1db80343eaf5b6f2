import type { EventData } from '@mooring/contracts';
import type { Directory, DirectoryEvent } from './ports.ts';

/** Keeps our copy of the directory as the gateway tells it. */
export class FollowDirectory {
  readonly #directory: Directory;

  constructor(directory: Directory) {
    this.#directory = directory;
  }

  async run(event: DirectoryEvent): Promise<void> {
    await this.#directory.once(event, (directory) => {
      switch (event.type) {
        case 'WorkspaceChanged':
          return directory.putWorkspace(event.data as EventData<'WorkspaceChanged'>);
        case 'MemberChanged':
          return directory.putMember(event.data as EventData<'MemberChanged'>);
        case 'MemberRemoved':
          return directory.removeMember(event.data as EventData<'MemberRemoved'>);
        case 'HubAdminChanged':
          return directory.putHubAdmin(event.data as EventData<'HubAdminChanged'>);
      }
    });
  }
}
