import type { DurationMs } from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import { InspectGrant } from '../inspection/inspect-grant.ts';
import { RefreshGrant } from '../refresh/refresh-grant.ts';
import { AttemptClaims } from './attempt-claims.ts';
import type { AttemptTicket } from './attempt-queue.ts';

/** An attempt at a grant that somebody else holds comes back after this. */
const BUSY_RETRY_MS: DurationMs = 1_000;

/** The use cases that attempts are for. */
@Injectable()
export class AttemptWork {
  constructor(
    private readonly refreshGrant: RefreshGrant,
    private readonly inspectGrant: InspectGrant,
    private readonly claims: AttemptClaims,
  ) {}

  async run(ticket: AttemptTicket): Promise<void> {
    if (ticket.kind === 'inspect') {
      await this.inspectGrant.run(ticket);
      return;
    }
    const result = await this.refreshGrant.run(ticket);
    if (result.kind === 'busy') await this.claims.putBack(ticket.attemptId, BUSY_RETRY_MS);
  }
}
