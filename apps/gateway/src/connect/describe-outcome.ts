import { MooringError, type OfferedAccount } from '@mooring/contracts';
import { Clock } from '@mooring/runtime/clock';
import { Injectable } from '@nestjs/common';
import { accountKey, type Connection } from '../connections/connection.ts';
import { viewOf } from '../connections/connection-views.ts';
import type { Workspace } from '../directory/directory.ts';
import { Plans } from '../directory/plan-matrix.ts';
import { type Stores, Transactions } from '../storage/ports.ts';
import type { ConnectSession } from './connect-session.ts';
import type { ConnectOutcome, OfferedAccountView } from './connect-sessions.dto.ts';
import { sessionView } from './describe-connect-session.ts';
import { UNSELECTABLE_MESSAGES } from './unselectable-words.ts';

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
        accounts: session.state === 'claimed' ? await this.#accounts(stores, session) : [],
        plan: await this.#planUse(stores, workspace),
        connections: await this.#connections(stores, session),
      };
    });
  }

  async #planUse(stores: Stores, { plan }: Workspace) {
    return { plan, limit: this.plans.of(plan).accountsMax, used: await stores.connections.countUsed() };
  }

  async #accounts(stores: Stores, { platform, offer }: ConnectSession): Promise<OfferedAccountView[]> {
    const accounts = offer?.accounts ?? [];
    const known = await stores.connections.ofAccounts(platform, accounts);
    const byAccount = new Map(known.map((connection) => [accountKey(connection), connection]));
    return accounts.map((account) => accountView(account, byAccount.get(accountKey(account))));
  }

  async #connections(stores: Stores, session: ConnectSession) {
    if (session.state !== 'done') return [];
    const ids = [...session.planned.map(({ connectionId }) => connectionId), ...session.healed];
    const found = new Map((await stores.connections.lockMany(ids)).map((connection) => [connection.id, connection]));
    const inOrder = ids.map((id) => found.get(id)).filter((connection) => connection !== undefined);
    return inOrder.map((connection) => viewOf(connection, this.clock.now()));
  }
}

function accountView(account: OfferedAccount, known: Connection | undefined): OfferedAccountView {
  const isConnected = known !== undefined && known.phase !== 'removed';
  const unselectableReason = isConnected ? 'already_connected' : account.unselectableReason;
  return {
    accountId: account.accountId,
    kind: account.kind,
    displayName: account.displayName,
    username: account.username,
    avatarUrl: account.avatarUrl,
    selectable: account.selectable && !isConnected,
    unselectableReason,
    unselectableMessage: unselectableReason && UNSELECTABLE_MESSAGES[unselectableReason],
    connectionId: known?.id ?? null,
  };
}
