import { MooringError } from '@mooring/contracts';
import { Clock } from '@mooring/runtime/clock';
import { Injectable } from '@nestjs/common';
import { kindName } from '../connections/connection.ts';
import { viewOf } from '../connections/connection-views.ts';
import type { Workspace } from '../directory/directory.ts';
import { Plans } from '../directory/plan-matrix.ts';
import { type Stores, Transactions } from '../storage/ports.ts';
import { type AccountPlace, placesOf } from './account-places.ts';
import type { ConnectSession } from './connect-session.ts';
import type { ConnectOutcome, OfferedAccountView } from './connect-sessions.dto.ts';
import { sessionView } from './describe-connect-session.ts';
import { unselectableMessage } from './unselectable-words.ts';

/** What a claim or a selection answers. */
@Injectable()
export class DescribeOutcome {
  constructor(
    private readonly transactions: Transactions,
    private readonly plans: Plans,
    private readonly clock: Clock,
  ) {}

  run(workspaceId: string, sessionId: string): Promise<ConnectOutcome> {
    return this.transactions.inWorkspace(workspaceId, async (stores) => {
      const session = await stores.sessions.find(sessionId);
      const workspace = await stores.directory.workspace(workspaceId);
      if (!session || !workspace) throw new MooringError('not_found');
      return {
        session: sessionView(session, this.clock.now()),
        consentedAs: session.offer?.subjectName ?? null,
        accounts: session.state === 'claimed' ? await this.#accounts(stores, workspace, session) : [],
        plan: await this.#planUse(stores, workspace),
        connections: await this.#connections(stores, session),
      };
    });
  }

  async #planUse(stores: Stores, { plan }: Workspace) {
    return { plan, limit: this.plans.of(plan).accountsMax, used: await stores.connections.countUsed() };
  }

  async #accounts(
    stores: Stores,
    workspace: Workspace,
    { platform, offer }: ConnectSession,
  ): Promise<OfferedAccountView[]> {
    const places = await placesOf(stores.connections, platform, offer?.accounts ?? []);
    const { platforms } = this.plans.of(workspace.plan);
    return places.map((place) => accountView(place, platforms.includes(place.platform)));
  }

  async #connections(stores: Stores, session: ConnectSession) {
    if (session.state !== 'done') return [];
    const ids = [...session.planned.map(({ connectionId }) => connectionId), ...session.healed];
    const found = new Map((await stores.connections.lockMany(ids)).map((connection) => [connection.id, connection]));
    const inOrder = ids.map((id) => found.get(id)).filter((connection) => connection !== undefined);
    return inOrder.map((connection) => viewOf(connection, this.clock.now()));
  }
}

function accountView(place: AccountPlace, onPlan: boolean): OfferedAccountView {
  const { account, platform, counts, taken, removed } = place;
  const connected = taken ? 'already_connected' : null;
  const barred = account.selectable && !onPlan ? 'not_on_plan' : null;
  const unselectableReason = connected ?? account.unselectableReason ?? barred;
  return {
    accountId: account.accountId,
    platform,
    kind: account.kind,
    kindName: kindName(account.kind),
    displayName: account.displayName,
    username: account.username,
    avatarUrl: account.avatarUrl,
    countsForPlan: counts,
    selectable: account.selectable && unselectableReason === null,
    unselectableReason,
    unselectableMessage: unselectableReason && unselectableMessage(unselectableReason, place),
    connectionId: (taken ?? removed)?.id ?? null,
  };
}
