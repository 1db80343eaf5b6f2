import type { PlatformFailure, TokenInspection } from '@mooring/adapters-core';
import { Injectable } from '@nestjs/common';
import { attemptData, AttemptQueue, type AttemptTicket } from '../attempts/attempt-queue.ts';
import { cutOff, settleConsentAdvice, toldReason } from '../grants/cut-off.ts';
import { GrantChanges, type GrantInHand } from '../grants/grant-changes.ts';
import type { Grant } from '../grants/grant.entity.ts';
import { AnswerAttempt } from './answer-attempt.ts';
import { failureData, type FailureVerdict, judgeFailure } from './failure-verdict.ts';
import { LastingChanges } from './lasting-changes.ts';

/** What came of a renewal. gone: nothing to renew · refreshed · overtaken: by newer tokens · failed, with what the platform said. */
export type RefreshOutcome =
  | { readonly kind: 'gone' }
  | { readonly kind: 'refreshed' }
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'failed'; readonly failure: PlatformFailure };

/** A renewal that brought no new tokens, with what decides about it. */
export interface FailedRenewal {
  readonly failure: PlatformFailure;
  /** What the platform says of the access token, where it was asked. */
  readonly inspection: TokenInspection | null;
  /** A refusal means that an earlier answer, which nobody has, had the new tokens in it. */
  readonly afterLostAnswer?: boolean;
  /** The platform is known not to have taken the refresh token. */
  readonly endsDoubt?: boolean;
}

const GONE: RefreshOutcome = { kind: 'gone' };
const REFRESHED: RefreshOutcome = { kind: 'refreshed' };

/** Writes down what came of a renewal that brought no new tokens: compare-and-swap on the generation, as for those that did. */
@Injectable()
export class RecordRefresh {
  constructor(
    private readonly changes: GrantChanges,
    private readonly attempts: AttemptQueue,
    private readonly answer: AnswerAttempt,
    private readonly lasting: LastingChanges,
  ) {}

  /** A refusal, or no answer. `read` is the grant as it was before the platform was asked. */
  async failed(ticket: AttemptTicket, read: Grant, given: FailedRenewal): Promise<RefreshOutcome> {
    const work = async (inHand: GrantInHand): Promise<RefreshOutcome> => {
      const { grant } = inHand;
      if (grant.state !== 'active') {
        await this.answer.gone(inHand, ticket);
        return GONE;
      }
      // Somebody else brought new tokens meanwhile: the race was lost and all is well.
      if (grant.generation !== read.generation) {
        await this.answer.refreshed(inHand, ticket);
        return { kind: 'overtaken' };
      }
      await this.#fail(inHand, ticket, given);
      return { kind: 'failed', failure: given.failure };
    };
    return (await this.lasting.underLock(ticket.workspaceId, ticket.grantId, work)) ?? GONE;
  }

  /** The grant is no longer there to be renewed; nobody waits for an event about it. */
  async gone(ticket: AttemptTicket): Promise<RefreshOutcome> {
    await this.changes.inTenant(ticket.workspaceId, (manager) => this.answer.gone({ manager }, ticket));
    return GONE;
  }

  /** The tokens that were to be renewed have been renewed already. */
  async alreadyDone(ticket: AttemptTicket): Promise<RefreshOutcome> {
    const outcome = await this.changes.underLock(ticket.workspaceId, ticket.grantId, async (inHand) => {
      if (inHand.grant.state !== 'active') return null;
      await this.answer.refreshed(inHand, ticket);
      return REFRESHED;
    });
    return outcome ?? this.gone(ticket);
  }

  /** Answers an attempt with the result of another one that was under way when it came. */
  async share(ticket: AttemptTicket, outcome: RefreshOutcome): Promise<void> {
    if (outcome.kind === 'gone') await this.gone(ticket);
    if (outcome.kind === 'refreshed' || outcome.kind === 'overtaken') await this.alreadyDone(ticket);
    if (outcome.kind !== 'failed') return;
    const { failure } = outcome;
    await this.changes.underLock(ticket.workspaceId, ticket.grantId, async (inHand) => {
      if (inHand.grant.state !== 'active') return this.answer.gone(inHand, ticket);
      // It was counted where it happened.
      const verdict = judgeFailure(failure, null, { counters: inHand.grant, now: this.changes.now() });
      const data = { attempt: attemptData(ticket), failure: failureData(verdict, failure) };
      return this.answer.run(inHand, ticket, { type: 'TokenRefreshFailed', data });
    });
  }

  async #fail(inHand: GrantInHand, ticket: AttemptTicket, given: FailedRenewal): Promise<void> {
    const { grant } = inHand;
    const { failure, inspection, afterLostAnswer = false, endsDoubt = false } = given;
    const before = this.changes.fingerprintOf(inHand);
    const now = this.changes.now();
    const judged = judgeFailure(failure, inspection, { counters: grant, now });
    const verdict = afterLostAnswer ? asLostAnswer(judged) : judged;
    grant.consecutiveFailures = verdict.consecutive;
    if (verdict.counted) grant.lastCountedFailureAt = now;
    if (verdict.cutOffReason) await this.#declareDead(inHand, verdict.cutOffReason, now);
    if (endsDoubt) Object.assign(grant, { doubtGeneration: null, doubtOwner: null, doubtSince: null });
    const data = { attempt: attemptData(ticket), failure: failureData(verdict, failure) };
    const changed = this.changes.fingerprintOf(inHand) !== before;
    await this.answer.run(inHand, ticket, { type: 'TokenRefreshFailed', data }, { changed });
  }

  async #declareDead(inHand: GrantInHand, reason: NonNullable<Grant['cutOffReason']>, now: Date): Promise<void> {
    const { grant, connections, manager } = inHand;
    const isNew = grant.cutOffReason === null;
    const told = toldReason(grant, reason);
    cutOff(grant, told, now);
    const living = connections.filter((connection) => !connection.released);
    for (const connection of living.filter((row) => row.dependsOnRefresh)) cutOff(connection, told, now);
    settleConsentAdvice(grant, connections);
    // Connections with a life of their own are asked one by one before anything is said about them.
    if (isNew && living.some((row) => !row.dependsOnRefresh)) await this.attempts.inspect(manager, grant, 'failure');
  }
}

/** The platform refuses what was spent by a renewal whose answer is lost; it has not taken anything away. */
function asLostAnswer(verdict: FailureVerdict): FailureVerdict {
  if (!verdict.cutOffReason || verdict.class !== 'reauthorization_required') return verdict;
  return { ...verdict, cutOffReason: 'refresh_answer_lost', reason: 'refresh_answer_lost' };
}
