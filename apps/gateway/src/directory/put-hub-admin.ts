import { MooringError, newEvent } from '@mooring/contracts';
import { Clock } from '@mooring/runtime/clock';
import { Injectable } from '@nestjs/common';
import { type Stores, Transactions } from '../storage/ports.ts';
import type { HubAdmin } from './directory.ts';
import type { HubAdminView } from './directory.dto.ts';

/** What the product says about a hub admin. */
export interface HubAdminInput {
  readonly hubId: string;
  readonly subject: string;
  readonly name: string;
  readonly email?: string | null | undefined;
  readonly locale?: string | null | undefined;
}

async function saveAndAnnounce(stores: Stores, admin: Omit<HubAdmin, 'version'>, time: Date): Promise<void> {
  const saved = await stores.directory.saveHubAdmin(admin);
  const { hubId, subject, name, email, locale, removed, version } = saved;
  const data = { hubId, subject, name, email, locale, removed, version };
  // Hub events stand under the hub's id: it is their key, and there is no workspace.
  const event = { service: 'gateway', subject, workspaceId: hubId, key: hubId, time } as const;
  await stores.announce(newEvent({ type: 'HubAdminChanged', ...event, data }));
}

/** Makes a person a hub admin, or changes what is known of one. */
@Injectable()
export class PutHubAdmin {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async run(input: HubAdminInput): Promise<HubAdminView> {
    const admin = { ...input, email: input.email ?? null, locale: input.locale ?? null };
    await this.transactions.outsideWorkspaces(async (stores) => {
      if (!(await stores.directory.hub(input.hubId))) throw new MooringError('not_found');
      await saveAndAnnounce(stores, { ...admin, removed: false }, this.clock.now());
    });
    return admin;
  }
}

/** Takes a hub admin's rights back. Nothing happens to somebody who isn't one. */
@Injectable()
export class RemoveHubAdmin {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async run({ hubId, subject }: Pick<HubAdmin, 'hubId' | 'subject'>): Promise<void> {
    await this.transactions.outsideWorkspaces(async (stores) => {
      const admin = await stores.directory.hubAdmin(hubId, subject);
      if (admin) await saveAndAnnounce(stores, { ...admin, removed: true }, this.clock.now());
    });
  }
}
