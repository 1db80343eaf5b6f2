import type { PlatformFailure } from '@mooring/adapters-core';
import type { PolicyData } from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import type { AttemptTicket } from '../attempts/attempt-queue.ts';
import { TokenSource } from '../attempts/token-source.ts';
import { spendsOnce } from '../grants/effective-policy.ts';
import type { Grant } from '../grants/grant.entity.ts';
import { isInDoubt } from './doubt.ts';
import { RecordRefresh, type RefreshOutcome } from './record-refresh.ts';
import { inDoubt, lapsed, nothingToRenewWith } from './refresh-failures.ts';
import { SendRenewal } from './send-renewal.ts';
import { SettleDoubt } from './settle-doubt.ts';

/** One renewal under the grant's lease: the second look, what may be spent, the platform once, and what came of it. */
@Injectable()
export class RenewTokens {
  constructor(
    private readonly source: TokenSource,
    private readonly settleDoubt: SettleDoubt,
    private readonly sendRenewal: SendRenewal,
    private readonly record: RecordRefresh,
  ) {}

  async run(ticket: AttemptTicket, accessIsDead: boolean): Promise<RefreshOutcome> {
    const inHand = await this.source.takeToRenew(ticket, (grant, policy) => this.#firstSending(ticket, grant, policy));
    if (!inHand) return this.record.gone(ticket);
    const { grant, policy } = inHand;
    if (isOutdated(ticket, grant)) return this.record.alreadyDone(ticket);
    const hindrance = hindranceOf(ticket, policy);
    if (hindrance) return this.record.failed(ticket, grant, { failure: hindrance, inspection: null });
    if (spendsOnce(policy) && isInDoubt(grant)) return this.#inDoubt(ticket, grant, accessIsDead);
    return this.sendRenewal.run({ ticket, inHand, isSecond: false });
  }

  /** An earlier renewal may have spent the refresh token. */
  async #inDoubt(ticket: AttemptTicket, grant: Grant, accessIsDead: boolean): Promise<RefreshOutcome> {
    const settled = await this.settleDoubt.run(ticket, grant, accessIsDead);
    if (settled.kind === 'settled') return this.record.alreadyDone(ticket);
    if (settled.kind === 'wait') {
      return this.record.failed(ticket, grant, { failure: inDoubt(settled.forMs), inspection: null });
    }
    const inHand = await this.source.takeToRenew(ticket, (now) =>
      now.generation === grant.generation ? this.#spending() : null,
    );
    if (!inHand) return this.record.gone(ticket);
    if (inHand.grant.generation !== grant.generation) return this.record.alreadyDone(ticket);
    return this.sendRenewal.run({ ticket, inHand, isSecond: true });
  }

  /** What is written down before the platform is asked; null where it is not to be asked now. */
  #firstSending(ticket: AttemptTicket, grant: Grant, policy: PolicyData): { readonly spender: string | null } | null {
    if (isOutdated(ticket, grant) || hindranceOf(ticket, policy)) return null;
    if (!spendsOnce(policy)) return { spender: null };
    return isInDoubt(grant) ? null : this.#spending();
  }

  #spending(): { readonly spender: string } {
    return { spender: this.settleDoubt.instanceId };
  }
}

/** Somebody has renewed what was to be renewed. */
function isOutdated({ generation }: AttemptTicket, grant: Grant): boolean {
  return generation !== null && grant.generation > generation;
}

function hindranceOf({ notAfter }: AttemptTicket, { refreshKind }: PolicyData): PlatformFailure | null {
  if (notAfter && notAfter.getTime() <= Date.now()) return lapsed();
  return refreshKind === 'none' ? nothingToRenewWith() : null;
}
