import { Injectable } from '@nestjs/common';
import { heal, settleConsentAdvice } from '../grants/cut-off.ts';
import type { GrantInHand } from '../grants/grant-changes.ts';
import type { Grant } from '../grants/grant.entity.ts';
import { UnreadableTokenError } from '../sealing/ports.ts';
import type { SealedAnswer } from '../sealing/sealed-answer.ts';
import { SealedTokens } from '../sealing/sealed-tokens.ts';
import { AnswerAttempt } from './answer-attempt.ts';
import { LastingChanges } from './lasting-changes.ts';
import { type AnswerToStore, OvertakenAnswer, type Stored, type StoredAs } from './overtaken-answer.ts';

/**
 * Stores a platform's answer to a renewal, fresh or out of the journal: compare-and-swap on the generation, the attempt's answer
 * and the event in one transaction. Idempotent: what was committed before is found again by its ciphertext.
 */
@Injectable()
export class StoreAnswer {
  constructor(
    private readonly lasting: LastingChanges,
    private readonly tokens: SealedTokens,
    private readonly attempts: AnswerAttempt,
    private readonly overtaken: OvertakenAnswer,
  ) {}

  /** Rejects where the database refuses it, or is away for longer than the process lives. */
  async run(given: AnswerToStore): Promise<StoredAs> {
    const { workspaceId, grantId } = given.attempt;
    const stored = await this.lasting.underLock(workspaceId, grantId, (inHand) => this.#store(inHand, given));
    // Revocation wins: what arrives after the key is gone is taken back at the platform and kept nowhere.
    const takeBack = stored ? stored.takeBack : given.fresh;
    if (takeBack) await this.overtaken.takeBack(takeBack);
    return stored?.as ?? 'gone';
  }

  async #store(inHand: GrantInHand, given: AnswerToStore): Promise<Stored | null> {
    const { grant, manager } = inHand;
    const { answer, attempt } = given;
    if (grant.state === 'destroyed') {
      await this.attempts.gone(inHand, attempt);
      return null;
    }
    // The connection broke after the commit, and before we heard of it.
    if (await this.tokens.hasAnswer(manager, grant, answer)) return { as: 'refreshed' };
    if (grant.generation !== answer.baseGeneration) return this.overtaken.run(inHand, given);
    await this.#swap(inHand, answer);
    // A revocation that began meanwhile takes the new tokens back; there is nobody left to tell of a renewal.
    if (grant.state === 'revoking') {
      await this.attempts.goneWithChanges(inHand, attempt);
      return { as: 'gone' };
    }
    await this.attempts.refreshed(inHand, attempt, { changed: true });
    return { as: 'refreshed' };
  }

  async #swap(inHand: GrantInHand, answer: SealedAnswer): Promise<void> {
    const { grant, connections, manager } = inHand;
    const access = answer.tokens.find(({ kind }) => kind === 'access');
    const refresh = answer.tokens.find(({ kind }) => kind === 'refresh');
    if (!access || grant.dataKeyId !== answer.dataKeyId) throw new UnreadableTokenError('token');
    grant.generation += 1;
    grant.fence += 1;
    await this.tokens.putAnswer(manager, grant, answer);
    const now = this.lasting.now();
    grant.accessExpiresAt = access.expiresAt;
    grant.dataAccessExpiresAt = access.dataAccessExpiresAt;
    grant.issuedAt = access.issuedAt ?? now;
    if (refresh) grant.refreshExpiresAt = refresh.expiresAt;
    grant.hasRefreshToken ||= refresh !== undefined;
    grant.refreshedAt = now;
    Object.assign(grant, { doubtGeneration: null, doubtOwner: null, doubtSince: null });
    grant.consecutiveFailures = 0;
    grant.lastCountedFailureAt = null;
    heal(grant);
    for (const connection of connections) {
      if (connection.dependsOnRefresh && endsWithToken(connection.cutOffReason)) heal(connection);
    }
    settleConsentAdvice(grant, connections);
  }
}

/** Reasons that a living token refutes; a lost role or a missing permission is not among them. */
const ENDS_WITH_TOKEN: ReadonlySet<Grant['cutOffReason']> = new Set([
  ...(['password_changed', 'security_check', 'removed_in_settings', 'inactivity', 'token_lapsed'] as const),
  ...(['refresh_failed', 'unknown', 'refresh_answer_lost', 'key_unavailable'] as const),
]);

function endsWithToken(reason: Grant['cutOffReason']): boolean {
  return ENDS_WITH_TOKEN.has(reason);
}
