import type { GrantTokens } from '@mooring/adapters-core';
import { Injectable } from '@nestjs/common';
import type { GrantInHand } from '../grants/grant-changes.ts';
import type { Grant } from '../grants/grant.entity.ts';
import { Platforms } from '../platforms/platforms.ts';
import { RevokeConsent } from '../release/revoke-consent.ts';
import { UnreadableTokenError } from '../sealing/ports.ts';
import type { SealedAnswer } from '../sealing/sealed-answer.ts';
import { SealedTokens } from '../sealing/sealed-tokens.ts';
import { AnswerAttempt, type AnsweredAttempt } from './answer-attempt.ts';

/** Tokens, and whose they are. */
export interface TokensOfGrant {
  readonly grant: Grant;
  readonly tokens: GrantTokens;
}

/** What became of a platform's answer. overtaken: newer tokens stood already. */
export type StoredAs = 'gone' | 'refreshed' | 'overtaken';

/** An answer to be stored. */
export interface AnswerToStore {
  readonly attempt: AnsweredAttempt;
  readonly answer: SealedAnswer;
  /** For the case that it has to be taken back at the platform after its key was destroyed; null after a crash. */
  readonly fresh: TokensOfGrant | null;
}

/** What is still to be done when the transaction stands. */
export interface Stored {
  readonly as: StoredAs;
  readonly takeBack?: TokensOfGrant;
}

/**
 * An answer that came when newer tokens stood. A new consent wins over a renewal, whose tokens nobody needs any more; but where
 * taking them back would end the new ones too, or where the winner is another renewal of the same family, they are kept: they
 * may be the only ones that live.
 */
@Injectable()
export class OvertakenAnswer {
  constructor(
    private readonly tokens: SealedTokens,
    private readonly attempts: AnswerAttempt,
    private readonly platforms: Platforms,
    private readonly revokeConsent: RevokeConsent,
  ) {}

  async run(inHand: GrantInHand, { answer, attempt, fresh }: AnswerToStore): Promise<Stored> {
    const { grant, manager } = inHand;
    const isConsent = grant.consentGeneration > answer.baseGeneration;
    const mayTakeBack = isConsent && this.platforms.find(grant.platform)?.revokesWholeSubject === false;
    const tokens = mayTakeBack ? (fresh?.tokens ?? (await this.#opened(grant, answer))) : null;
    if (!tokens) {
      await this.tokens.putOrphan(manager, grant, answer);
      this.platforms.tellOrphan(grant.platform, grant.id);
    }
    if (grant.state === 'active') await this.attempts.refreshed(inHand, attempt);
    else await this.attempts.gone(inHand, attempt);
    return { as: 'overtaken', ...(tokens ? { takeBack: { grant, tokens } } : {}) };
  }

  /** At the platform. Never rejects: there is nobody to tell but the operator. */
  takeBack({ grant, tokens }: TokensOfGrant): Promise<void> {
    return this.revokeConsent.discard(grant, tokens);
  }

  async #opened(grant: Grant, answer: SealedAnswer): Promise<GrantTokens | null> {
    try {
      return this.tokens.openAnswer(await this.tokens.keyOf(grant), answer);
    } catch (error) {
      if (error instanceof UnreadableTokenError) return null;
      throw error;
    }
  }
}
