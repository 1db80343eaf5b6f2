import { type GrantTokens, PlatformFailure } from '@mooring/adapters-core';
import { rows } from '@mooring/persistence';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Grant } from '../grants/grant.entity.ts';
import { Platforms } from '../platforms/platforms.ts';
import { WorkerDatabase } from '../database.ts';

/** Whose consent. */
export type ConsentOfGrant = Pick<Grant, 'id' | 'platform' | 'clientId' | 'subjectId'>;
/** kept_for_siblings: other grants of the same person live, here or in another workspace. */
export type RevokeAnswer = 'revoked' | 'unsupported' | 'kept_for_siblings';

/** Takes a person's consent back at the platform, unless others still live on it. */
@Injectable()
export class RevokeConsent {
  constructor(
    private readonly worker: WorkerDatabase,
    private readonly platforms: Platforms,
  ) {}

  /** Throws PlatformFailure. */
  async run(grant: ConsentOfGrant, tokens: GrantTokens | null): Promise<RevokeAnswer> {
    const adapter = this.platforms.adapter(grant.platform);
    const { subjectId } = grant;
    const revoke = () => this.platforms.call(adapter, 'revoke', () => adapter.revoke({ subjectId, tokens }));
    if (!adapter.revokesWholeSubject) return revoke();
    // The lock is held while the platform is asked: nobody may count on a consent that is being taken back.
    return this.worker.dataSource.transaction(async (manager) => {
      const consent = await lockSubject(manager, grant);
      const living = await rows(
        manager,
        `select 1 from grants where platform = $1 and client_id = $2 and subject_id = $3
           and state in ('pending', 'active') and id <> $4 limit 1`,
        [...consent, grant.id],
      );
      return living.length > 0 ? 'kept_for_siblings' : revoke();
    });
  }

  /**
   * Runs `keep` while nobody can take the person's consent back. Null, and `keep` is not run, where it was being taken back
   * at some time since `since` (real time): what was established meanwhile may be dead already.
   */
  async unlessRevoked<T>(grant: ConsentOfGrant, since: Date, keep: () => Promise<T>): Promise<T | null> {
    const { revokesWholeSubject } = this.platforms.adapter(grant.platform);
    if (!revokesWholeSubject) return keep();
    return this.worker.dataSource.transaction(async (manager) => {
      const consent = await lockSubject(manager, grant);
      const revoked = await rows(
        manager,
        `select 1 from grants where platform = $1 and client_id = $2 and subject_id = $3
           and (state = 'revoking' or exists (
             select from releases where grant_id = grants.id and result in ('revoked', 'failed') and done_at >= $4))
         limit 1`,
        [...consent, since],
      );
      return revoked.length > 0 ? null : keep();
    });
  }

  /** Tells the operator that a consent stays at the platform though nobody uses it. */
  tellUnrevoked(grant: ConsentOfGrant, failure: PlatformFailure): void {
    this.platforms.tellUnrevoked(grant.platform, grant.id, failure.message);
  }

  /** Takes tokens back that arrived after their grant was let go. Never rejects: there is nobody to tell but the operator. */
  async discard(grant: ConsentOfGrant, tokens: GrantTokens): Promise<void> {
    try {
      await this.run(grant, tokens);
    } catch (error) {
      const detail = error instanceof PlatformFailure ? error.message : 'the count over workspaces failed';
      this.platforms.tellUnrevoked(grant.platform, grant.id, detail);
    }
  }
}

/** Whoever counts on a person's consent and whoever takes it back go one after the other, over all workspaces. */
async function lockSubject(manager: EntityManager, grant: ConsentOfGrant): Promise<readonly string[]> {
  const consent = [grant.platform, grant.clientId, grant.subjectId];
  await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`subject ${consent.join(' ')}`]);
  return consent;
}
