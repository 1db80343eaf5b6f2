import type { MooringEvent } from '@mooring/contracts';
import { OnEvent } from '@mooring/messaging';
import { Controller } from '@nestjs/common';
import { FollowDirectory } from './follow-directory.ts';

/** Takes from the bus what the gateway says about workspaces and people. */
@Controller()
export class DirectoryConsumer {
  constructor(private readonly followDirectory: FollowDirectory) {}

  @OnEvent('WorkspaceChanged')
  workspaceChanged(event: MooringEvent<'WorkspaceChanged'>): Promise<void> {
    return this.followDirectory.run(event);
  }

  @OnEvent('MemberChanged')
  memberChanged(event: MooringEvent<'MemberChanged'>): Promise<void> {
    return this.followDirectory.run(event);
  }

  @OnEvent('MemberRemoved')
  memberRemoved(event: MooringEvent<'MemberRemoved'>): Promise<void> {
    return this.followDirectory.run(event);
  }

  @OnEvent('HubAdminChanged')
  hubAdminChanged(event: MooringEvent<'HubAdminChanged'>): Promise<void> {
    return this.followDirectory.run(event);
  }
}
