import { MooringError, newEvent, type RoleCode } from '@mooring/contracts';
import { Clock } from '@mooring/runtime/clock';
import { Injectable } from '@nestjs/common';
import { Transactions } from '../storage/ports.ts';
import type { MemberView } from './directory.dto.ts';

/** What the product says about a member. */
export interface MemberInput {
  readonly workspaceId: string;
  readonly subject: string;
  readonly role: RoleCode;
  readonly name: string;
  readonly email?: string | null | undefined;
  readonly locale?: string | null | undefined;
}

/** Adds a person to a workspace, or changes role, name and address. */
@Injectable()
export class PutMember {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async run(input: MemberInput): Promise<MemberView> {
    const { workspaceId, subject, role, name } = input;
    const member = { workspaceId, subject, role, name, email: input.email ?? null, locale: input.locale ?? null };
    await this.transactions.inWorkspace(workspaceId, async (stores) => {
      if (!(await stores.directory.workspace(workspaceId))) throw new MooringError('not_found');
      const { version } = await stores.directory.saveMember({ ...member, removed: false });
      const event = { service: 'gateway', subject, workspaceId, key: workspaceId, time: this.clock.now() } as const;
      await stores.announce(newEvent({ type: 'MemberChanged', ...event, data: { ...member, version } }));
    });
    return member;
  }
}
