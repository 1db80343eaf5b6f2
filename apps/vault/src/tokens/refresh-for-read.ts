import { FAILURE_RULES, MooringError } from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import { uuidv7 } from 'uuidv7';
import type { AttemptTicket } from '../attempts/attempt-queue.ts';
import { OwnAttempts } from '../refresh/own-attempts.ts';
import { RefreshGrant, type RefreshResult } from '../refresh/refresh-grant.ts';
import { RefreshSettings } from '../refresh/refresh-settings.ts';

const LOOK_AGAIN_MS = 100;

/** Renews a token that lapsed before anybody came to renew it; many readers cause one renewal. */
@Injectable()
export class RefreshForRead {
  constructor(
    private readonly ownAttempts: OwnAttempts,
    private readonly refreshGrant: RefreshGrant,
    private readonly settings: RefreshSettings,
  ) {}

  /** Resolves when there is an answer, be it that the grant is cut off; rejects where the platform gave none for now. */
  async run(workspaceId: string, grantId: string, generation: number): Promise<void> {
    const untilMs = performance.now() + this.settings.readWaitMs;
    // One attempt however often it looks: each one that is left behind would be done by the pool.
    const ticket: AttemptTicket = {
      attemptId: uuidv7(),
      workspaceId,
      grantId,
      kind: 'refresh',
      trigger: 'read',
      requestedBy: null,
      generation,
      notAfter: null,
    };
    let isRecorded = false;
    const prepare = async (): Promise<void> => {
      await this.ownAttempts.record(ticket);
      isRecorded = true;
    };
    for (;;) {
      // An attempt that is on record has to be answered, by whatever renewal the reader meets.
      const flight = this.refreshGrant.run(ticket, isRecorded ? {} : { prepare });
      const result = await this.#withinTime(flight, untilMs);
      if (result.kind === 'failed' && !FAILURE_RULES[result.failure.class].final) {
        throw unavailable(result.failure.retryAfterMs);
      }
      if (result.kind !== 'busy') return;
      // Another process is at it: look again, and find its result.
      if (performance.now() > untilMs) throw unavailable(null);
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }

  /** A renewal that takes longer goes on without the reader. */
  async #withinTime(flight: Promise<RefreshResult>, untilMs: number): Promise<RefreshResult> {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(unavailable(null)), Math.max(0, untilMs - performance.now()));
    });
    try {
      return await Promise.race([flight, over]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function unavailable(retryAfterMs: number | null): MooringError {
  return new MooringError('platform_unavailable', {
    ...(retryAfterMs === null ? {} : { retryAfterSeconds: Math.ceil(retryAfterMs / 1_000) }),
  });
}
