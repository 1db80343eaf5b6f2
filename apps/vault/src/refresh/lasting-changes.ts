import { type DurationMs, MooringError } from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { GrantChanges, type GrantInHand } from '../grants/grant-changes.ts';
import { UnreadableTokenError } from '../sealing/ports.ts';

/** What the database refuses for a reason of its own is not asked for ever. */
const REFUSALS_MAX = 3;
const RETRY_MS: DurationMs = 250;
const RETRY_MS_MAX: DurationMs = 2_000;
/** Out of reach, overloaded, going down or rolled back. SQLSTATE classes, PostgreSQL manual, appendix A. */
const AWAY = /^(08|40|53|55|57|58|XX)/;
const SQLSTATE = /^[0-9A-Z]{5}$/;

/** Changes that follow from a platform's answer: a database that is away is asked again until it is back, or the process ends. */
@Injectable()
export class LastingChanges {
  #isOver = false;

  constructor(private readonly changes: GrantChanges) {}

  /** The business time. */
  now(): Date {
    return this.changes.now();
  }

  /** As GrantChanges has it; `work` may run more than once. */
  underLock<T>(workspaceId: string, grantId: string, work: (inHand: GrantInHand) => Promise<T>): Promise<T | null> {
    return this.#persistently(() => this.changes.underLock(workspaceId, grantId, work));
  }

  /** Nothing is tried again from here on; what is at work fails, and the journal keeps it. */
  giveUp(): void {
    this.#isOver = true;
  }

  async #persistently<T>(commit: () => Promise<T>): Promise<T> {
    let refusals = 0;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await commit();
      } catch (error) {
        if (isOfOurOwn(error) || this.#isOver) throw error;
        if (!isAway(error) && (refusals += 1) >= REFUSALS_MAX) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.min(RETRY_MS * attempt, RETRY_MS_MAX)));
      }
    }
  }
}

/** A fault that no repetition mends, as a platform that is not configured any more. */
function isOfOurOwn(error: unknown): boolean {
  const faults = [UnreadableTokenError, MooringError, TypeError, RangeError];
  return faults.some((fault) => error instanceof fault);
}

/** An error without SQLSTATE is the connection's. */
function isAway(error: unknown): boolean {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code !== 'string' || !SQLSTATE.test(code) || AWAY.test(code);
}
