import { type GrantTokens, PlatformFailure } from '@mooring/adapters-core';
import { type DurationMs, MooringError, type RevocationResultCode } from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { type Announcement, GrantChanges, type GrantInHand } from '../grants/grant-changes.ts';
import { Grant } from '../grants/grant.entity.ts';
import { isInDoubt } from '../refresh/doubt.ts';
import { GrantLease } from '../refresh/grant-lease.ts';
import { SealedTokens } from '../sealing/sealed-tokens.ts';
import { UnreadableTokenError } from '../sealing/ports.ts';
import { Release } from './release.entity.ts';
import { RevokeConsent } from './revoke-consent.ts';

/** A platform that gave no answer is asked again after this. */
const RETRY_MS: DurationMs = 10_000;
/** A renewal that holds the grant is over soon. */
const BUSY_RETRY_MS: DurationMs = 1_000;
/** A platform's answer and a restart together take no longer, as a rule. */
const NEWER_TOKENS_MS: DurationMs = 60_000;

interface Revoking {
  readonly grant: Grant;
  readonly tokens: GrantTokens | null;
  readonly giveUpAt: Date | null;
}

/**
 * Revokes a grant that nobody uses, with the newest tokens, under the lease: a renewal in flight finishes first and its result
 * is what gets revoked. Then the data key is destroyed, at the latest when the time is over.
 */
@Injectable()
export class FinishRelease {
  constructor(
    private readonly changes: GrantChanges,
    private readonly tokens: SealedTokens,
    private readonly lease: GrantLease,
    private readonly revokeConsent: RevokeConsent,
  ) {}

  /** The result, or `pending` where it has to be tried again. */
  async run(workspaceId: string, grantId: string): Promise<RevocationResultCode> {
    const result = await this.lease.hold(grantId, { busy: 'busy' as const }, () => this.#revoke(workspaceId, grantId));
    if (result !== 'busy') return result;
    await this.#postpone(workspaceId, grantId, BUSY_RETRY_MS);
    return 'pending';
  }

  async #revoke(workspaceId: string, grantId: string): Promise<RevocationResultCode> {
    const found = await this.changes.inTenant(workspaceId, (manager) => this.#read(manager, grantId));
    if ('result' in found) return found.result;
    const isOver = found.giveUpAt === null || found.giveUpAt.getTime() <= Date.now();
    if (!isOver && mayHaveNewerTokens(found.grant)) {
      await this.#postpone(workspaceId, grantId, BUSY_RETRY_MS);
      return 'pending';
    }
    let result: RevocationResultCode;
    try {
      result = await this.revokeConsent.run(found.grant, found.tokens);
    } catch (thrown) {
      const error = asPlatformFailure(thrown);
      if (!isOver && (error.class === 'transient' || error.class === 'rate_limited')) {
        await this.#postpone(workspaceId, grantId, Math.max(RETRY_MS, error.retryAfterMs ?? 0));
        return 'pending';
      }
      // A consent that the person has taken back already is what was wanted.
      result = error.reason === 'removed_in_settings' ? 'revoked' : 'failed';
      if (result === 'failed') this.revokeConsent.tellUnrevoked(found.grant, error);
    }
    await this.changes.underLock(workspaceId, grantId, (inHand) => this.#destroy(inHand, result));
    return result;
  }

  async #read(manager: EntityManager, grantId: string): Promise<Revoking | { readonly result: RevocationResultCode }> {
    const grant = await manager.findOneBy(Grant, { id: grantId });
    if (grant?.state !== 'revoking') {
      const done = await manager.findOne(Release, { where: { grantId }, order: { doneAt: 'DESC' } });
      return { result: done?.result ?? 'superseded' };
    }
    const release = await manager.findOne(Release, {
      where: { grantId, doneAt: IsNull() },
      order: { giveUpAt: 'ASC' },
    });
    return { grant, tokens: await this.#newestTokens(manager, grant), giveUpAt: release?.giveUpAt ?? null };
  }

  async #newestTokens(manager: EntityManager, grant: Grant): Promise<GrantTokens | null> {
    try {
      return await this.tokens.openGrantTokens(manager, grant, await this.tokens.keyOf(grant));
    } catch (error) {
      // Some platforms take a consent back without the token.
      if (error instanceof UnreadableTokenError) return null;
      throw error;
    }
  }

  async #destroy(inHand: GrantInHand, result: RevocationResultCode): Promise<void> {
    const { grant, manager } = inHand;
    if (grant.state !== 'revoking') return;
    await this.tokens.destroy(manager, grant);
    grant.state = 'destroyed';
    grant.subjectName = null;
    grant.fence += 1;
    const open = await manager.findBy(Release, { grantId: grant.id, doneAt: IsNull() });
    for (const release of open) {
      release.result = result;
      release.doneAt = new Date();
    }
    await manager.save(Release, open);
    await this.changes.commit(inHand, ...open.flatMap((release) => announcementOf(release, result)));
  }

  async #postpone(workspaceId: string, grantId: string, delayMs: DurationMs): Promise<void> {
    await this.changes.inTenant(workspaceId, (manager) =>
      manager.query(
        `update releases set owner = null, lease_until = null,
           not_before = least(clock_timestamp() + $2 * interval '1 millisecond', greatest(give_up_at, clock_timestamp()))
         where grant_id = $1 and done_at is null`,
        [grantId, delayMs],
      ),
    );
  }
}

/** A renewal was sent a moment ago: its answer comes, or lies in the journal of a process that is being started again. */
function mayHaveNewerTokens(grant: Grant): boolean {
  return isInDoubt(grant) && grant.doubtSince !== null && Date.now() - grant.doubtSince.getTime() < NEWER_TOKENS_MS;
}

/** A platform that is not configured gives no answer either: the operator has until the time is over. Rethrows the rest. */
function asPlatformFailure(error: unknown): PlatformFailure {
  if (error instanceof PlatformFailure) return error;
  if (!(error instanceof MooringError) || error.code !== 'platform_not_available') throw error;
  return new PlatformFailure({ class: 'transient', detail: 'the platform is not configured', cause: error });
}

function announcementOf(release: Release, result: RevocationResultCode): Announcement[] {
  const { connectionId, activation, releaseId } = release;
  // A pending grant that was thrown away was never anybody's connection.
  if (connectionId === null || activation === null) return [];
  return [{ type: 'TokenRevoked', data: { connectionId, activation, releaseId, result } }];
}
