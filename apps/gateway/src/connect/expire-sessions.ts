import { MooringError } from '@mooring/contracts';
import { Injectable, Logger } from '@nestjs/common';
import { CloseSession } from './close-session.ts';
import { FinishActivation } from './finish-activation.ts';
import { type DueSession, SessionQueue } from './ports.ts';
import { SettlePending } from './settle-pending.ts';

/** Everything about connect sessions that happens without anybody asking. */
@Injectable()
export class ExpireSessions {
  readonly #logger = new Logger(ExpireSessions.name);

  constructor(
    private readonly queue: SessionQueue,
    private readonly close: CloseSession,
    private readonly settlePending: SettlePending,
    private readonly finishActivation: FinishActivation,
  ) {}

  /** One round, bounded; what is left is the next round's. */
  async run(): Promise<void> {
    await this.#each(await this.queue.overdueChoices(), (due) => this.close.expire(due));
    await this.#each(await this.queue.stalledCompletions(), (due) => this.close.giveUp(due));
    await this.#each(await this.queue.stalledActivations(), (due) => this.finishActivation.run(due));
    await this.#each(await this.queue.unsettled(), (due) => this.settlePending.run(due));
    for (const platform of await this.queue.deleteOld()) this.close.noteNotReturned(platform);
  }

  async #each(due: readonly DueSession[], work: (session: DueSession) => Promise<void>): Promise<void> {
    for (const session of due) {
      try {
        await work(session);
      } catch (err) {
        // One session that can't be pushed holds no other up; the next round tries it again.
        const line = { msg: 'a connect session could not be pushed', err, sessionId: session.id };
        if (err instanceof MooringError) this.#logger.debug(line);
        else this.#logger.error(line);
      }
    }
  }
}
