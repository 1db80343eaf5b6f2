import {
  type ActivateGrantAnswer,
  type ActivatedConnection,
  type GrantStateData,
  MooringError,
} from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { AttemptQueue } from '../attempts/attempt-queue.ts';
import { ReleaseQueue } from '../release/release-queue.ts';
import { GrantConnection } from './grant-connection.entity.ts';
import { GrantChanges, type GrantInHand } from './grant-changes.ts';
import type { Grant } from './grant.entity.ts';
import { Activation, activationOf, grantInUse, pendingOf } from './pending-grants.ts';
import { TakeOver } from './take-over.ts';

/** Which connections a person chose to draw on a pending grant. */
export interface ActivateGrantCommand {
  readonly sessionId: string;
  readonly workspaceId: string;
  readonly purpose: 'connect' | 'reconnect';
  readonly connections: readonly ActivatedConnection[];
}

/**
 * Makes a pending grant live: it becomes a grant of its own, or its tokens go to the grant that the same person has in this
 * workspace already. Every connection of that grant that was discovered comes back; the rest is inspected. Idempotent
 * by session: a repeated call answers with the state of the grant.
 */
@Injectable()
export class ActivateGrant {
  constructor(
    private readonly changes: GrantChanges,
    private readonly takeOver: TakeOver,
    private readonly attempts: AttemptQueue,
    private readonly releases: ReleaseQueue,
  ) {}

  async run(command: ActivateGrantCommand): Promise<ActivateGrantAnswer> {
    const grant = await this.changes.inTenant(command.workspaceId, (manager) => this.#activate(manager, command));
    this.attempts.wake();
    this.releases.wake();
    return { grant };
  }

  async #activate(manager: EntityManager, command: ActivateGrantCommand): Promise<GrantStateData> {
    const found = await pendingOf(manager, command.sessionId);
    if (!found) return this.#activatedBefore(manager, command);
    await lockConsent(manager, found);
    // Another call was quicker while this one waited for the lock; the pending row may be gone with it.
    if (!(await pendingOf(manager, command.sessionId))) return this.#activatedBefore(manager, command);
    const { pending, target, others } = await this.#lockAll(manager, command, found);
    if (pending.grant.state !== 'pending') throw new MooringError('pending_grant_gone');
    const { moved, hasUndiscovered } = await this.takeOver.run({
      pending,
      target,
      others,
      connections: command.connections,
    });
    await manager.insert(Activation, {
      sessionId: command.sessionId,
      workspaceId: command.workspaceId,
      grantId: target.grant.id,
      activatedAt: this.changes.now(),
    });
    for (const { connectionId, activation, from } of moved) {
      await this.releases.movedAway(from, { connectionId, activation });
    }
    const { sessionId, purpose } = command;
    await this.changes.commit(target, { type: 'TokenStored', data: { sessionId, purpose } });
    if (hasUndiscovered) await this.attempts.inspect(manager, target.grant, 'reconnect');
    return this.changes.stateOf(target);
  }

  async #activatedBefore(manager: EntityManager, command: ActivateGrantCommand): Promise<GrantStateData> {
    const activation = await activationOf(manager, command.sessionId);
    const [inHand] = activation ? await this.changes.lock(manager, [activation.grantId]) : [];
    if (!inHand || inHand.grant.state === 'destroyed') throw new MooringError('pending_grant_gone');
    return this.changes.stateOf(inHand);
  }

  /** Everything that the activation may change, locked in one order. */
  async #lockAll(manager: EntityManager, command: ActivateGrantCommand, found: Grant) {
    const existing = await grantInUse(manager, found);
    const accounts = (found.discovered ?? []).map(({ offered }) => offered.accountId);
    const rows = await manager.find(GrantConnection, {
      where: [
        { connectionId: In(command.connections.map((connection) => connection.connectionId)) },
        { platform: found.platform, accountId: In(accounts), released: false },
      ],
    });
    const ids = [found.id, ...(existing ? [existing.id] : []), ...rows.map((row) => row.grantId)];
    const locked = await this.changes.lock(manager, ids);
    const byId = new Map(locked.map((inHand) => [inHand.grant.id, inHand]));
    const pending = byId.get(found.id);
    if (!pending) throw new MooringError('pending_grant_gone');
    const inUse = existing && byId.get(existing.id);
    // A grant that is being revoked is beyond taking: the pending one becomes a grant of its own.
    const target: GrantInHand = inUse && inUse.grant.state === 'active' ? inUse : pending;
    const others = locked.filter((inHand) => inHand !== target && inHand !== pending);
    return { pending, target, others };
  }
}

/** Two consents of one person in one workspace are taken in one after the other. */
async function lockConsent(manager: EntityManager, grant: Grant): Promise<void> {
  const name = ['consent', grant.workspaceId, grant.platform, grant.clientId, grant.subjectId].join(' ');
  await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
}
