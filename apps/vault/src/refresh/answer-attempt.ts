import { Injectable } from '@nestjs/common';
import { attemptData, AttemptQueue, type AttemptTicket } from '../attempts/attempt-queue.ts';
import { type Announcement, GrantChanges, type GrantInHand } from '../grants/grant-changes.ts';

/** What an answer needs of its attempt. */
export type AnsweredAttempt = Pick<AttemptTicket, 'attemptId' | 'workspaceId' | 'grantId' | 'trigger' | 'requestedBy'>;

/** Says what came of an attempt, in the transaction of what it changed. */
@Injectable()
export class AnswerAttempt {
  constructor(
    private readonly changes: GrantChanges,
    private readonly attempts: AttemptQueue,
  ) {}

  /** An attempt is answered once, however often it was done; but what it changed is announced whoever answered it. */
  async run(
    inHand: GrantInHand,
    ticket: AnsweredAttempt,
    announcement: Announcement,
    { changed } = { changed: false },
  ): Promise<void> {
    const isFirst = await this.attempts.finish(inHand.manager, ticket.attemptId, announcement.type);
    await this.changes.commit(inHand, ...(isFirst || changed ? [announcement] : []));
  }

  /** The grant has newer tokens than those that were to be renewed. */
  refreshed(inHand: GrantInHand, ticket: AnsweredAttempt, { changed } = { changed: false }): Promise<void> {
    return this.run(inHand, ticket, { type: 'TokenRefreshed', data: { attempt: attemptData(ticket) } }, { changed });
  }

  /** The grant is no longer there to be renewed; nobody waits for an event about it. */
  async gone({ manager }: Pick<GrantInHand, 'manager'>, ticket: AnsweredAttempt): Promise<void> {
    await this.attempts.finish(manager, ticket.attemptId, 'gone');
  }

  /** The same, where what was changed before must be saved for those who let the grant go. */
  async goneWithChanges(inHand: GrantInHand, ticket: AnsweredAttempt): Promise<void> {
    await this.gone(inHand, ticket);
    await this.changes.commit(inHand);
  }
}
