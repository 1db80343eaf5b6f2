import type { ReleaseAnswer, ReleaseRequest, RevocationResultCode } from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { heal } from '../grants/cut-off.ts';
import { GrantConnection } from '../grants/grant-connection.entity.ts';
import { GrantChanges, type GrantInHand } from '../grants/grant-changes.ts';
import { SealedTokens } from '../sealing/sealed-tokens.ts';
import { FinishRelease } from './finish-release.ts';
import { ReleaseQueue } from './release-queue.ts';
import { Release } from './release.entity.ts';

/**
 * Lets a connection go: from the first transaction on its token is deleted and reads are refused. Where it was the grant's
 * last one, the consent is taken back at the platform and the data key destroyed. Idempotent by release id.
 */
@Injectable()
export class ReleaseConnection {
  constructor(
    private readonly changes: GrantChanges,
    private readonly tokens: SealedTokens,
    private readonly queue: ReleaseQueue,
    private readonly finish: FinishRelease,
  ) {}

  /** Marks it released and tries the platform once; `pending` where the pool has to go on. */
  async run(request: ReleaseRequest): Promise<ReleaseAnswer> {
    const marked = await this.changes.inTenant(request.workspaceId, async (manager) => {
      const noted = await this.mark(manager, request);
      // The pool would take it away from the one who waits for the answer.
      if (noted.result === 'pending') await this.queue.leaveToCaller(manager, request.releaseId);
      return noted;
    });
    if (marked.result !== 'pending') return { result: marked.result };
    const result = await this.finish.run(request.workspaceId, marked.grantId);
    this.queue.wake();
    return { result };
  }

  /** The part that must be in the caller's tenant transaction. The platform is not asked here. */
  async mark(manager: EntityManager, request: ReleaseRequest): Promise<Pick<Release, 'result' | 'grantId'>> {
    const inHand = await this.#lock(manager, request.connectionId);
    // Beneath the lock: the command and the gateway's own try carry one release id, and come at the same time.
    const known = await manager.findOneBy(Release, { releaseId: request.releaseId });
    if (known) return known;
    const connection = inHand?.connections.find((row) => row.connectionId === request.connectionId);
    // A grant that never came to be, or a connection that is gone: there is nothing left to let go.
    if (!inHand || !connection) return this.#note(manager, request, { grantId: request.grantId, result: 'superseded' });
    const result = await this.#release(inHand, connection, request);
    const { connectionId, activation, releaseId } = request;
    await this.#note(manager, request, { grantId: inHand.grant.id, result });
    await this.changes.commit(inHand, { type: 'TokenRevoked', data: { connectionId, activation, releaseId, result } });
    return { result, grantId: inHand.grant.id };
  }

  async #release(
    { grant, connections, manager }: GrantInHand,
    connection: GrantConnection,
    request: ReleaseRequest,
  ): Promise<RevocationResultCode> {
    // A late command must not undo a reconnect.
    if (connection.activation > request.activation) return 'superseded';
    if (connection.released) return this.#earlierResult(manager, connection);
    connection.released = true;
    connection.activation = request.activation;
    heal(connection);
    await this.tokens.remove(manager, grant.id, connection.connectionId);
    grant.fence += 1;
    if (grant.state !== 'active' || connections.some((row) => !row.released)) return 'kept_for_siblings';
    grant.state = 'revoking';
    return 'pending';
  }

  /** Another release of the same activation was quicker. */
  async #earlierResult(manager: EntityManager, connection: GrantConnection): Promise<RevocationResultCode> {
    const { connectionId, activation } = connection;
    const earlier = await manager.findOne(Release, { where: { connectionId, activation }, order: { doneAt: 'DESC' } });
    return earlier?.result ?? 'superseded';
  }

  async #lock(manager: EntityManager, connectionId: string): Promise<GrantInHand | undefined> {
    const row = await manager.findOneBy(GrantConnection, { connectionId });
    if (!row) return undefined;
    const [inHand] = await this.changes.lock(manager, [row.grantId]);
    return inHand;
  }

  async #note(
    manager: EntityManager,
    request: ReleaseRequest,
    noted: Pick<Release, 'result' | 'grantId'>,
  ): Promise<Pick<Release, 'result' | 'grantId'>> {
    const { releaseId, workspaceId, connectionId, activation } = request;
    const note = { releaseId, workspaceId, connectionId, activation, grantId: noted.grantId };
    await this.queue.note(manager, note, noted.result);
    return noted;
  }
}
