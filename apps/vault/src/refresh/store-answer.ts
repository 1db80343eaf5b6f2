import type { GrantTokens } from '@mooring/adapters-core';
import { Injectable } from '@nestjs/common';
import { heal, settleConsentAdvice } from '../grants/cut-off.ts';
import { GrantChanges, type GrantInHand } from '../grants/grant-changes.ts';
import type { Grant } from '../grants/grant.entity.ts';
import { Platforms } from '../platforms/platforms.ts';
import { RevokeConsent } from '../release/revoke-consent.ts';
import { UnreadableTokenError } from '../sealing/ports.ts';
import type { SealedAnswer } from '../sealing/sealed-answer.ts';
import { SealedTokens } from '../sealing/sealed-tokens.ts';
import { AnswerAttempt, type AnsweredAttempt } from './answer-attempt.ts';
import { CommitRetry } from './commit-retry.ts';

/** What became of a platform's answer. overtaken: newer tokens stood already. */
export type StoredAs = 'gone' | 'refreshed' | 'overtaken';

/** An answer to be stored. */
export interface AnswerToStore {
  readonly attempt: AnsweredAttempt;
  readonly answer: SealedAnswer;
  /** For the case that it has to be taken back at the platform after its key was destroyed; null after a crash. */
  readonly fresh: { readonly read: Grant; readonly tokens: GrantTokens } | null;
}

/** What is still to be done when the transaction stands. */
type Stored = { readonly as: StoredAs; readonly takeBack?: { readonly grant: Grant; readonly tokens: GrantTokens } };

/**
 * Stores a platform's answer to a renewal, fresh or out of the journal: compare-and-swap on the generation, the attempt's answer
 * and the event in one transaction. Idempotent: what was committed before is found again by its ciphertext.
 */
@Injectable()
export class StoreAnswer {
  constructor(
    private readonly changes: GrantChanges,
    private readonly tokens: SealedTokens,
    private readonly attempts: AnswerAttempt,
    private readonly platforms: Platforms,
    private readonly revokeConsent: RevokeConsent,
    private readonly retry: CommitRetry,
  ) {}

  /** Rejects where the database refuses it, or is away for longer than the process lives. */
  async run(given: AnswerToStore): Promise<StoredAs> {
    const { workspaceId, grantId } = given.attempt;
    const stored = await this.retry.run(() =>
      this.changes.underLock(workspaceId, grantId, (inHand) => this.#store(inHand, given)),
    );
    // Revocation wins: what arrives after the key is gone is taken back at the platform and kept nowhere.
    if (stored === null && given.fresh) await this.revokeConsent.discard(given.fresh.read, given.fresh.tokens);
    if (stored?.takeBack) await this.revokeConsent.discard(stored.takeBack.grant, stored.takeBack.tokens);
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
    if (grant.generation !== answer.baseGeneration) return this.#lose(inHand, given);
    await this.#swap(inHand, answer);
    // A revocation that began meanwhile takes the new tokens back; there is nobody left to tell of a renewal.
    if (grant.state === 'revoking') {
      await this.attempts.gone(inHand, attempt);
      await this.changes.commit(inHand);
      return { as: 'gone' };
    }
    await this.attempts.refreshed(inHand, attempt, { changed: true });
    return { as: 'refreshed' };
  }

  /**
   * Newer tokens stand. A new consent wins over a renewal, whose tokens nobody needs any more; but where taking them back would
   * end the new ones too, or where the winner is another renewal of the same family, they are kept: they may be the only
   * ones that live.
   */
  async #lose(inHand: GrantInHand, { answer, attempt, fresh }: AnswerToStore): Promise<Stored> {
    const { grant, manager } = inHand;
    const isConsent = grant.consentGeneration > answer.baseGeneration;
    const adapter = this.platforms.find(grant.platform);
    const tokens = fresh?.tokens ?? (await this.#opened(grant, answer));
    const takesBack = isConsent && adapter !== undefined && !adapter.revokesWholeSubject && tokens !== null;
    if (!takesBack) {
      await this.tokens.putOrphan(manager, grant, answer);
      this.platforms.tellOrphan(grant.platform, grant.id);
    }
    if (grant.state === 'active') await this.attempts.refreshed(inHand, attempt);
    else await this.attempts.gone(inHand, attempt);
    return { as: 'overtaken', ...(takesBack ? { takeBack: { grant, tokens } } : {}) };
  }

  async #opened(grant: Grant, answer: SealedAnswer): Promise<GrantTokens | null> {
    try {
      return this.tokens.openAnswer(await this.tokens.keyOf(grant), answer);
    } catch (error) {
      if (error instanceof UnreadableTokenError) return null;
      throw error;
    }
  }

  async #swap(inHand: GrantInHand, answer: SealedAnswer): Promise<void> {
    const { grant, connections, manager } = inHand;
    const access = answer.tokens.find(({ kind }) => kind === 'access');
    const refresh = answer.tokens.find(({ kind }) => kind === 'refresh');
    if (!access || grant.dataKeyId !== answer.dataKeyId) throw new UnreadableTokenError('token');
    grant.generation += 1;
    grant.fence += 1;
    await this.tokens.putAnswer(manager, grant, answer);
    const now = this.changes.now();
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
