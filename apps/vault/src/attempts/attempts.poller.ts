import { type DurationMs, minutes } from '@mooring/contracts';
import { Injectable, Logger } from '@nestjs/common';
import { PollerContext } from '../pool/poller-context.ts';
import { WorkPool } from '../pool/work-pool.ts';
import { AttemptClaims } from './attempt-claims.ts';
import { AttemptQueue, type AttemptTicket } from './attempt-queue.ts';
import { AttemptWork } from './attempt-work.ts';

const STUCK_MS: DurationMs = minutes(2);

/** The bounded pool that renews and inspects what was recorded. */
@Injectable()
export class AttemptsPoller {
  readonly pool: WorkPool<AttemptTicket>;
  readonly #logger = new Logger(AttemptsPoller.name);

  constructor(queue: AttemptQueue, claims: AttemptClaims, work: AttemptWork, context: PollerContext) {
    this.pool = new WorkPool<AttemptTicket>(
      {
        name: 'attempts',
        claim: (limit) => claims.claim(limit),
        work: (ticket) => work.run(ticket),
        renew: (tickets) => claims.renew(tickets.map((ticket) => ticket.attemptId)),
        failed: (err) => this.#logger.error({ msg: 'an attempt could not be finished', err }),
      },
      { ...context.bounds(), concurrency: context.settings.concurrency },
      context.loops.register('attempts', STUCK_MS),
    );
    queue.listen(() => this.pool.wake());
  }
}
