import type { GrantTokens } from '@mooring/adapters-core';
import { type DurationMs, FAILURE_RULES } from '@mooring/contracts';
import { Clock } from '@mooring/runtime/clock';
import { Injectable, Logger } from '@nestjs/common';
import type { AttemptTicket } from '../attempts/attempt-queue.ts';
import type { TokensInHand } from '../attempts/token-source.ts';
import { spendsOnce } from '../grants/effective-policy.ts';
import type { Grant } from '../grants/grant.entity.ts';
import type { JournalSlot } from '../journal/ports.ts';
import { AskPlatform, type Refused } from './ask-platform.ts';
import { type JottedAnswer, KeepAnswer } from './keep-answer.ts';
import { RecordRefresh, type RefreshOutcome } from './record-refresh.ts';
import { noJournal, withoutAnswer } from './refresh-failures.ts';

/** A renewal on its way. */
export interface Renewal {
  readonly ticket: AttemptTicket;
  readonly inHand: TokensInHand;
  /** An earlier renewal of the same tokens has no answer, and never will have. */
  readonly isSecond: boolean;
}

/** Asks the platform once, when there is a place for its answer, and keeps what comes. */
@Injectable()
export class SendRenewal {
  readonly #logger = new Logger(SendRenewal.name);

  constructor(
    private readonly askPlatform: AskPlatform,
    private readonly keepAnswer: KeepAnswer,
    private readonly record: RecordRefresh,
    private readonly clock: Clock,
  ) {}

  async run(renewal: Renewal): Promise<RefreshOutcome> {
    const { ticket, inHand } = renewal;
    let slot: JournalSlot | null = null;
    try {
      if (spendsOnce(inHand.policy)) slot = await this.keepAnswer.prepare(ticket.attemptId);
    } catch {
      this.askPlatform.tellUnwritableJournal(inHand);
      const failed = { failure: noJournal(), inspection: null, endsDoubt: !renewal.isSecond };
      return this.record.failed(ticket, inHand.grant, failed);
    }
    return this.keepAnswer.besides(ticket.attemptId, () => this.#send(renewal, slot));
  }

  async #send(renewal: Renewal, slot: JournalSlot | null): Promise<RefreshOutcome> {
    const { ticket, inHand } = renewal;
    const jot = (fresh: GrantTokens): JottedAnswer => this.keepAnswer.jot(ticket, inHand, { fresh, slot });
    const answer = await this.askPlatform.run(inHand, jot);
    if (!('jotted' in answer)) {
      await slot?.discard();
      return this.#refused(renewal, answer);
    }
    if (slot && !answer.jotted.fresh?.tokens.refresh) {
      // The old one stays; whether it was spent shows when it is needed.
      this.#logger.warn({ msg: 'a single-use token was renewed without a new one', grantId: inHand.grant.id });
    }
    const storedAs = await this.keepAnswer.run(answer.jotted, slot);
    this.askPlatform.count(inHand, storedAs);
    return { kind: storedAs };
  }

  #refused({ ticket, inHand, isSecond }: Renewal, { failure, inspection }: Refused): Promise<RefreshOutcome> {
    const { grant, policy } = inHand;
    const isUncertain = spendsOnce(policy) && failure.class === 'transient' && failure.mayHaveArrived;
    this.askPlatform.count(inHand, failure.class);
    return this.record.failed(ticket, grant, {
      failure: isUncertain ? withoutAnswer(failure, this.#lifeLeftMs(grant)) : failure,
      inspection,
      afterLostAnswer: isSecond,
      // What an earlier renewal spent stays in doubt until the platform refuses it.
      endsDoubt: isSecond ? FAILURE_RULES[failure.class].final : !isUncertain,
    });
  }

  #lifeLeftMs({ accessExpiresAt }: Grant): DurationMs {
    return accessExpiresAt ? Math.max(0, accessExpiresAt.getTime() - this.clock.now().getTime()) : 0;
  }
}
