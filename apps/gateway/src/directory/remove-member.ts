import { newEvent } from '@mooring/contracts';
import { Clock } from '@mooring/runtime/clock';
import { Injectable } from '@nestjs/common';
import { Transactions } from '../storage/ports.ts';
import type { Member } from './directory.ts';

/** Takes a person out of a workspace. Nothing happens to somebody who isn't in it. */
@Injectable()
export class RemoveMember {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async run({ workspaceId, subject }: Pick<Member, 'workspaceId' | 'subject'>): Promise<void> {
    await this.transactions.inWorkspace(workspaceId, async (stores) => {
      const member = await stores.directory.member(workspaceId, subject);
      if (!member) return;
      const { version } = await stores.directory.saveMember({ ...member, removed: true });
      const event = { service: 'gateway', subject, workspaceId, key: workspaceId, time: this.clock.now() } as const;
      await stores.announce(newEvent({ type: 'MemberRemoved', ...event, data: { workspaceId, subject, version } }));
    });
  }
}
