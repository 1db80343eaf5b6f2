import { type ActorData, MooringError, type OfferedAccount } from '@mooring/contracts';
import type { Caller } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import { uuidv7 } from 'uuidv7';
import { accountKey, type Connection } from '../connections/connection.ts';
import { Plans } from '../directory/plan-matrix.ts';
import { type AccountPlace, placesOf, requireFree } from './account-places.ts';
import type { ConnectSession, PlannedConnection } from './connect-session.ts';
import type { ChosenAccount, ConnectOutcome } from './connect-sessions.dto.ts';
import { requirePlatformOnPlan, requireRoom } from './create-connect-session.ts';
import { DescribeOutcome } from './describe-outcome.ts';
import { FinishActivation } from './finish-activation.ts';
import { newConnection } from './new-connection.ts';
import { type OwnSession, SessionDoor } from './session-door.ts';

/** Which accounts a person chose. */
export interface Selection {
  readonly sessionId: string;
  readonly accounts: readonly ChosenAccount[];
}

/**
 * Reserves the chosen accounts under a lock on the workspace (invisible, but they count for plan and uniqueness) and has
 * them activated. Choosing the same again answers the same.
 */
@Injectable()
export class ChooseAccounts {
  constructor(
    private readonly door: SessionDoor,
    private readonly plans: Plans,
    private readonly finishActivation: FinishActivation,
    private readonly describeOutcome: DescribeOutcome,
  ) {}

  /**
   * Throws MooringError `session_not_ready`, `plan_limit_reached`, `platform_not_on_plan`, `account_not_offered`,
   * `account_already_connected`, and what {@link SessionDoor} throws.
   */
  async run(caller: Caller, { sessionId, accounts }: Selection): Promise<ConnectOutcome> {
    const session = await this.door.enter(caller, { sessionId }, (own) => this.#choose(own, accounts));
    if (session.state === 'activating') await this.finishActivation.run(session);
    return this.describeOutcome.run(session.workspaceId, sessionId);
  }

  async #choose(own: OwnSession, accounts: readonly ChosenAccount[]): Promise<void> {
    const { session, state } = own;
    if ((state === 'activating' || state === 'done') && isSameChoice(session, accounts)) return;
    if (state !== 'claimed') throw new MooringError('session_not_ready', { parameters: { State: state } });
    await this.#reserve(own, chosenOffers(session, accounts));
  }

  async #reserve({ stores, session, standing, now }: OwnSession, chosen: readonly OfferedAccount[]): Promise<void> {
    const { workspace, actor } = standing;
    const places = await placesOf(stores.connections, session.platform, chosen);
    for (const { platform } of places) requirePlatformOnPlan(this.plans, workspace, platform);
    requireFree(places);
    await requireRoom(this.plans, stores, workspace, places.filter(({ counts }) => counts).length);
    session.planned = [];
    for (const place of places) {
      const connection = place.removed ?? fresh(workspace.id, place, actor, now);
      connection.phase = 'reserved';
      await stores.connections.save(connection);
      session.planned.push(plan(connection, place.removed ? 'restored' : 'new'));
    }
    session.state = 'activating';
    await stores.sessions.save(session);
  }
}

function fresh(workspaceId: string, { account, platform }: AccountPlace, by: ActorData, now: Date): Connection {
  return newConnection({ id: uuidv7(), workspaceId, platform, account, by, now });
}

function isSameChoice({ planned }: ConnectSession, accounts: readonly ChosenAccount[]): boolean {
  const before = new Set(planned.map(accountKey));
  const now = new Set(accounts.map(accountKey));
  return before.size === now.size && [...now].every((key) => before.has(key));
}

function plan({ id, accountId, kind, activation }: Connection, origin: 'new' | 'restored'): PlannedConnection {
  return { connectionId: id, accountId, kind, activation: activation + 1, origin };
}

function chosenOffers(session: ConnectSession, accounts: readonly ChosenAccount[]): OfferedAccount[] {
  const offered = new Map(session.offer?.accounts.map((account) => [accountKey(account), account]));
  const keys = [...new Set(accounts.map(accountKey))];
  return keys.map((key) => {
    const account = offered.get(key);
    if (account?.selectable) return account;
    const named = account?.displayName ?? accounts.find((chosen) => accountKey(chosen) === key)?.accountId ?? '';
    throw new MooringError('account_not_offered', { parameters: { Account: named } });
  });
}
