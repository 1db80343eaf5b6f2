import type { Caller } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import { Transactions } from '../storage/ports.ts';
import type { Member, Workspace } from './directory.ts';
import type { Me, MyWorkspace } from './directory.dto.ts';

function asMine({ id, hubId, name, plan, timeZone }: Workspace, member: Member | undefined): MyWorkspace {
  return { id, hubId, name, plan, timeZone, role: member?.role ?? 'hub_admin' };
}

/** Which workspaces and hubs the caller may enter, and as what. */
@Injectable()
export class DescribeMe {
  constructor(private readonly transactions: Transactions) {}

  async run({ subject, name }: Caller): Promise<Me> {
    const hubs = await this.transactions.outsideWorkspaces(async ({ directory }) =>
      directory.hubs(await directory.hubsAdministeredBy(subject)),
    );
    const ofHubs = await Promise.all(hubs.map((hub) => this.transactions.lookup.ofHub(hub.id)));
    const ids = new Set([...(await this.transactions.lookup.ofMember(subject)), ...ofHubs.flat()]);
    const workspaces = ids.size === 0 ? [] : await this.#workspaces([...ids], subject, hubs);
    return { subject, name: name ?? null, workspaces, hubs: hubs.map((hub) => ({ id: hub.id, name: hub.name })) };
  }

  #workspaces(ids: string[], subject: string, hubs: readonly { id: string }[]): Promise<MyWorkspace[]> {
    const administered = new Set(hubs.map((hub) => hub.id));
    return this.transactions.inWorkspace(ids, async ({ directory }) => {
      const memberships = await directory.membershipsOf(subject);
      const byWorkspace = new Map(memberships.map((member) => [member.workspaceId, member]));
      const workspaces = await directory.workspaces();
      return workspaces
        .filter(({ id, hubId }) => byWorkspace.has(id) || administered.has(hubId))
        .map((workspace) => asMine(workspace, byWorkspace.get(workspace.id)));
    });
  }
}
