import { Injectable } from '@nestjs/common';
import { GrantChanges } from '../grants/grant-changes.ts';
import type { Grant } from '../grants/grant.entity.ts';
import { SealedTokens } from '../sealing/sealed-tokens.ts';
import type { AnsweredAttempt } from './answer-attempt.ts';
import { StoreAnswer } from './store-answer.ts';

/** Answers that lie sealed beside the grant's tokens. */
@Injectable()
export class Orphans {
  constructor(
    private readonly changes: GrantChanges,
    private readonly tokens: SealedTokens,
    private readonly storeAnswer: StoreAnswer,
  ) {}

  /** Makes the answer that was given for this very generation the grant's tokens; false where there is none. */
  async takeUp(attempt: AnsweredAttempt, grant: Grant): Promise<boolean> {
    const answer = await this.changes.inTenant(grant.workspaceId, (manager) =>
      this.tokens.orphanOf(manager, grant, grant.generation),
    );
    if (!answer) return false;
    return (await this.storeAnswer.run({ attempt, answer, fresh: null })) === 'refreshed';
  }
}
