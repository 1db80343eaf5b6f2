import { PlatformFailure } from '@mooring/adapters-core';
import { FAILURE_RULES } from '@mooring/contracts';
import { Clock } from '@mooring/runtime/clock';
import { Injectable } from '@nestjs/common';
import { uuidv7 } from 'uuidv7';
import type { AttemptTicket } from '../attempts/attempt-queue.ts';
import { effectivePolicy, usesRefreshToken } from '../grants/effective-policy.ts';
import type { Grant } from '../grants/grant.entity.ts';
import { Platforms } from '../platforms/platforms.ts';
import { OwnAttempts } from '../refresh/own-attempts.ts';
import { RefreshGrant } from '../refresh/refresh-grant.ts';
import type { Finding } from './findings.ts';

/** renewed: look again · otherwise what is to be taken for the finding about the grant's own token. */
export type RenewedFirst = { readonly kind: 'renewed' } | { readonly kind: 'found'; readonly finding: Finding };

/**
 * A refused access token of a grant that has a refresh token proves nothing: it may have lapsed. Renewing it, under the rules of
 * every other renewal, decides (C04, C12).
 */
@Injectable()
export class RenewFirst {
  constructor(
    private readonly refreshGrant: RefreshGrant,
    private readonly ownAttempts: OwnAttempts,
    private readonly platforms: Platforms,
    private readonly clock: Clock,
  ) {}

  /** True where the clock alone says that the platform would refuse the access token. */
  isLapsed(grant: Grant): boolean {
    return this.#isRenewable(grant) && grant.accessExpiresAt !== null && grant.accessExpiresAt <= this.clock.now();
  }

  /** True where a renewal decides what the platform's answer means. */
  decides(grant: Grant, finding: Finding): boolean {
    return finding.alive === false && finding.renewalDecides === true && this.#isRenewable(grant);
  }

  async run(asked: AttemptTicket, grant: Grant): Promise<RenewedFirst> {
    const { workspaceId, grantId, trigger, requestedBy } = asked;
    const about = { workspaceId, grantId, trigger, requestedBy, generation: grant.generation, notAfter: null };
    const ticket: AttemptTicket = { ...about, attemptId: uuidv7(), kind: 'refresh' };
    const result = await this.refreshGrant.run(ticket, {
      prepare: () => this.ownAttempts.record(ticket),
      accessIsDead: true,
    });
    if (result.kind === 'busy') return { kind: 'found', finding: { alive: 'unknown', failure: underWay() } };
    if (result.kind !== 'failed') return { kind: 'renewed' };
    const { failure } = result;
    // A refusal has been written down where it was heard.
    const isDecided = FAILURE_RULES[failure.class].final;
    return { kind: 'found', finding: isDecided ? { alive: 'decided' } : { alive: 'unknown', failure } };
  }

  #isRenewable(grant: Grant): boolean {
    return usesRefreshToken(effectivePolicy(this.platforms.adapter(grant.platform).policy, grant));
  }
}

function underWay(): PlatformFailure {
  return new PlatformFailure({ class: 'transient', detail: 'a renewal is under way', mayHaveArrived: false });
}
