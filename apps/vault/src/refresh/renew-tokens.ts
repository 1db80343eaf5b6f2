import { type GrantTokens, type PlatformAdapter, PlatformFailure, type TokenInspection } from '@mooring/adapters-core';
import { type DurationMs, FAILURE_RULES } from '@mooring/contracts';
import { Clock } from '@mooring/runtime/clock';
import { Injectable, Logger } from '@nestjs/common';
import type { AttemptTicket } from '../attempts/attempt-queue.ts';
import { type TokensInHand, TokenSource } from '../attempts/token-source.ts';
import { effectivePolicy, spendsOnce } from '../grants/effective-policy.ts';
import type { Grant } from '../grants/grant.entity.ts';
import { Journal, type JournalSlot } from '../journal/ports.ts';
import { Platforms } from '../platforms/platforms.ts';
import { isInDoubt } from './doubt.ts';
import { FaultPoints } from './fault-points.ts';
import { KeepAnswer } from './keep-answer.ts';
import { RecordRefresh, type RefreshOutcome } from './record-refresh.ts';
import { inDoubt, lapsed, nothingToRenewWith, noJournal, unreadable, withoutAnswer } from './refresh-failures.ts';
import { SettleDoubt } from './settle-doubt.ts';

/** What a renewal is about to be sent with. */
interface Renewal {
  readonly ticket: AttemptTicket;
  readonly adapter: PlatformAdapter;
  readonly inHand: TokensInHand;
  readonly slot: JournalSlot | null;
  /** An earlier renewal of the same tokens has no answer, and never will have. */
  readonly isSecond: boolean;
}

/** One renewal under the grant's lease: the second look, what may be spent, the platform once, and what came of it. */
@Injectable()
export class RenewTokens {
  readonly #logger = new Logger(RenewTokens.name);

  constructor(
    private readonly source: TokenSource,
    private readonly platforms: Platforms,
    private readonly settleDoubt: SettleDoubt,
    private readonly journal: Journal,
    private readonly keepAnswer: KeepAnswer,
    private readonly record: RecordRefresh,
    private readonly faults: FaultPoints,
    private readonly clock: Clock,
  ) {}

  async run(ticket: AttemptTicket, accessIsDead: boolean): Promise<RefreshOutcome> {
    const inHand = await this.source.takeToRenew(ticket, (grant) => this.#firstSending(ticket, grant));
    if (!inHand) return this.record.gone(ticket);
    const { grant } = inHand;
    if (isOutdated(ticket, grant)) return this.record.alreadyDone(ticket);
    const adapter = this.platforms.adapter(grant.platform);
    const policy = effectivePolicy(adapter.policy, grant);
    const isSecond = spendsOnce(policy) && isInDoubt(grant);
    const hindrance = hindranceOf(ticket, policy);
    if (hindrance) return this.record.failed(ticket, grant, { failure: hindrance, inspection: null });
    if (!isSecond) return this.#send(ticket, inHand, { spends: spendsOnce(policy), isSecond });
    const settled = await this.settleDoubt.run(ticket, grant, accessIsDead);
    if (settled.kind === 'settled') return this.record.alreadyDone(ticket);
    if (settled.kind === 'wait') {
      return this.record.failed(ticket, grant, { failure: inDoubt(settled.forMs), inspection: null });
    }
    const again = await this.source.takeToRenew(ticket, (now) => (isOutdated(ticket, now) ? null : this.#spending()));
    if (!again) return this.record.gone(ticket);
    if (again.grant.generation !== grant.generation) return this.record.alreadyDone(ticket);
    return this.#send(ticket, again, { spends: true, isSecond });
  }

  /** What is written down before the platform is asked; null where it is not to be asked now. */
  #firstSending(ticket: AttemptTicket, grant: Grant): { readonly spender: string | null } | null {
    const policy = effectivePolicy(this.platforms.adapter(grant.platform).policy, grant);
    if (isOutdated(ticket, grant) || hindranceOf(ticket, policy)) return null;
    if (!spendsOnce(policy)) return { spender: null };
    return isInDoubt(grant) ? null : this.#spending();
  }

  #spending(): { readonly spender: string } {
    return { spender: this.journal.instanceId };
  }

  async #send(
    ticket: AttemptTicket,
    inHand: TokensInHand,
    { spends, isSecond }: { readonly spends: boolean; readonly isSecond: boolean },
  ): Promise<RefreshOutcome> {
    const adapter = this.platforms.adapter(inHand.grant.platform);
    let slot: JournalSlot | null = null;
    try {
      if (spends) slot = await this.journal.prepare(ticket.attemptId);
    } catch {
      this.platforms.tellUnwritableJournal(adapter.platform, inHand.grant.id);
      const failed = { failure: noJournal(), inspection: null, endsDoubt: !isSecond };
      return this.record.failed(ticket, inHand.grant, failed);
    }
    const renewal = { ticket, adapter, inHand, slot, isSecond };
    await this.faults.at('vault.before-sending');
    let fresh: GrantTokens;
    try {
      fresh = await this.#ask(adapter, inHand);
    } catch (error) {
      await slot?.discard();
      if (!(error instanceof PlatformFailure)) throw error;
      await this.faults.at('vault.after-answer');
      return this.#failed(renewal, error);
    }
    await this.faults.at('vault.after-answer');
    return this.#keep(renewal, fresh);
  }

  async #keep({ ticket, adapter, inHand, slot }: Renewal, fresh: GrantTokens): Promise<RefreshOutcome> {
    const { grant } = inHand;
    if (slot && !fresh.refresh) {
      // The old one stays; whether it was spent shows when it is needed.
      this.#logger.warn({ msg: 'a single-use token was renewed without a new one', grantId: grant.id });
    }
    const storedAs = await this.keepAnswer.run(ticket, inHand, { fresh, slot });
    this.platforms.countRefresh(adapter.platform, storedAs);
    return { kind: storedAs };
  }

  async #failed({ ticket, adapter, inHand, slot, isSecond }: Renewal, error: PlatformFailure): Promise<RefreshOutcome> {
    const isUncertain = slot !== null && error.class === 'transient' && error.mayHaveArrived;
    const failure = isUncertain ? withoutAnswer(error, this.#lifeLeftMs(inHand.grant)) : error;
    const inspection = await this.#inspectIfAsked(adapter, inHand, error);
    this.platforms.tellOperator(adapter, error, inHand.grant.id);
    this.platforms.countRefresh(adapter.platform, error.class);
    return this.record.failed(ticket, inHand.grant, {
      failure,
      inspection,
      afterLostAnswer: isSecond,
      // What an earlier renewal spent stays in doubt until the platform refuses it.
      endsDoubt: slot !== null && (isSecond ? FAILURE_RULES[error.class].final : !isUncertain),
    });
  }

  #lifeLeftMs({ accessExpiresAt }: Grant): DurationMs {
    return accessExpiresAt ? Math.max(0, accessExpiresAt.getTime() - this.clock.now().getTime()) : 0;
  }

  async #ask(adapter: PlatformAdapter, { grant, tokens }: TokensInHand): Promise<GrantTokens> {
    if (!tokens) throw unreadable();
    return this.platforms.call(adapter, 'refresh', () => adapter.refresh(tokens), grant.id);
  }

  async #inspectIfAsked(
    adapter: PlatformAdapter,
    { grant, tokens }: TokensInHand,
    failure: PlatformFailure,
  ): Promise<TokenInspection | null> {
    if (!FAILURE_RULES[failure.class].inspect || !tokens) return null;
    const target = { token: tokens.access.value, account: null };
    try {
      return await this.platforms.call(adapter, 'inspect', () => adapter.inspect(target), grant.id);
    } catch (error) {
      if (error instanceof PlatformFailure) return null;
      throw error;
    }
  }
}

/** Somebody has renewed what was to be renewed. */
function isOutdated({ generation }: AttemptTicket, grant: Grant): boolean {
  return generation !== null && grant.generation > generation;
}

function hindranceOf({ notAfter }: AttemptTicket, { refreshKind }: PlatformAdapter['policy']): PlatformFailure | null {
  if (notAfter && notAfter.getTime() <= Date.now()) return lapsed();
  return refreshKind === 'none' ? nothingToRenewWith() : null;
}
