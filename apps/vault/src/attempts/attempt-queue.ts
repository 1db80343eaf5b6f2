import type { DurationMs, TriggerCode } from '@mooring/contracts';
import { rows } from '@mooring/persistence';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { Attempt } from './attempt.entity.ts';

/** An attempt as the use cases take it: what was asked, by whom, of which grant. */
export type AttemptTicket = Pick<
  Attempt,
  'attemptId' | 'workspaceId' | 'grantId' | 'kind' | 'trigger' | 'requestedBy' | 'generation' | 'notAfter'
>;

/** The attempt as events name it. */
export function attemptData(ticket: Pick<AttemptTicket, 'attemptId' | 'trigger' | 'requestedBy'>): {
  attemptId: string;
  trigger: TriggerCode;
  requestedBy: string | null;
} {
  return { attemptId: ticket.attemptId, trigger: ticket.trigger, requestedBy: ticket.requestedBy };
}

/** Where renewals and inspections are recorded before a pool does them. Everything runs in the caller's tenant transaction. */
@Injectable()
export class AttemptQueue {
  #onWake: () => void = () => undefined;

  /** Calls `listener` when there may be something to do. */
  listen(listener: () => void): void {
    this.#onWake = listener;
  }

  /** Tells the pool to look now; call it after the commit. */
  wake(): void {
    this.#onWake();
  }

  /** Records what was asked for. Asked again with the same id, a later `notAfter` counts, unless it was answered already. */
  async record(manager: EntityManager, ticket: AttemptTicket): Promise<void> {
    await manager.query(
      `insert into attempts (attempt_id, workspace_id, grant_id, kind, trigger, requested_by, generation, not_after)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (attempt_id) do update set not_after = excluded.not_after where attempts.state <> 'done'`,
      [
        ...[ticket.attemptId, ticket.workspaceId, ticket.grantId, ticket.kind],
        ...[ticket.trigger, ticket.requestedBy, ticket.generation, ticket.notAfter],
      ],
    );
  }

  /** Records an attempt that the caller does at once; another process takes it up only when the lease is over. */
  async recordOwned(
    manager: EntityManager,
    ticket: AttemptTicket,
    lease: { readonly owner: string; readonly leaseMs: DurationMs },
  ): Promise<void> {
    await this.record(manager, ticket);
    await manager.query(
      `update attempts set state = 'claimed', owner = $2,
         lease_until = clock_timestamp() + $3 * interval '1 millisecond' where attempt_id = $1`,
      [ticket.attemptId, lease.owner, lease.leaseMs],
    );
  }

  /** Asks for an inspection of a grant, unless one by the same trigger is waiting already. */
  async inspect(
    manager: EntityManager,
    grant: { readonly id: string; readonly workspaceId: string },
    trigger: TriggerCode,
  ): Promise<void> {
    await manager.query(
      `insert into attempts (attempt_id, workspace_id, grant_id, kind, trigger)
       select $1, $2, $3, 'inspect', $4 where not exists (
         select from attempts where grant_id = $3 and kind = 'inspect' and trigger = $4 and state = 'recorded')`,
      [uuidv7(), grant.workspaceId, grant.id, trigger],
    );
  }

  /**
   * From here on a token that is spent once may be spent: until a newer generation stands, or the platform is known not to have
   * taken it. Call it under the lock of the grant's row.
   */
  async markSpending(manager: EntityManager, grantId: string, instanceId: string): Promise<void> {
    await manager.query(
      `update grants set doubt_generation = generation, doubt_owner = $2, doubt_since = clock_timestamp() where id = $1`,
      [grantId, instanceId],
    );
  }

  /** From here on the platform may have heard of it. */
  async markSending(manager: EntityManager, attemptId: string): Promise<void> {
    await manager.query(`update attempts set state = 'sending' where attempt_id = $1 and state <> 'done'`, [attemptId]);
  }

  /** Answered; false where it had been answered before. */
  async finish(manager: EntityManager, attemptId: string, outcome: string): Promise<boolean> {
    const done = await rows(
      manager,
      `update attempts set state = 'done', outcome = $2, done_at = clock_timestamp(), owner = null, lease_until = null
       where attempt_id = $1 and state <> 'done' returning attempt_id`,
      [attemptId, outcome],
    );
    return done.length > 0;
  }
}
