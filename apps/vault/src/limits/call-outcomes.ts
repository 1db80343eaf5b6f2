import type { PlatformFailure, PlatformUsage } from '@mooring/adapters-core';
import { type DurationMs, minutes } from '@mooring/contracts';
import { Logger } from '@nestjs/common';
import { FailureRun } from './failure-run.ts';
import type { GrantHolds } from './grant-holds.ts';
import type { LimitParts } from './limit-parts.ts';
import type { PlatformApp, Trip } from './ports.ts';
import type { RetryBudget } from './retry-budget.ts';

/** How long a grant is left alone where the platform named no time. */
const GRANT_HOLD_MS: DurationMs = minutes(1);
/** How long an app is left alone that has used its limit up, where the platform named no time. */
const USED_UP_MS: DurationMs = minutes(1);

/** A call that ended. */
interface EndedCall {
  readonly grantId: string | null;
  readonly isProbe: boolean;
}

/** What the end of a call means for those that come after it. Nothing here rejects: the answer of the call is worth more. */
export class CallOutcomes {
  readonly #logger = new Logger(CallOutcomes.name);
  readonly #run: FailureRun;

  constructor(
    private readonly app: PlatformApp,
    private readonly parts: LimitParts,
    private readonly kept: { readonly holds: GrantHolds; readonly retries: RetryBudget },
  ) {
    this.#run = new FailureRun(parts.bounds.failuresToOpen);
  }

  /** True where the shared state changed, so that the share at hand is out of date. */
  async settle(failure: PlatformFailure | null, call: EndedCall): Promise<boolean> {
    try {
      return await this.#settle(failure, call);
    } catch (err) {
      this.#logger.warn({ msg: 'the limits of a platform could not be written', platform: this.app.platform, err });
      return true;
    }
  }

  /** The platform says that its limit is used up. True where the shared state changed. */
  async usedUp({ limitScope, regainAfterMs }: PlatformUsage, grantId: string | null): Promise<boolean> {
    const untilMs = this.parts.time.nowMs() + (regainAfterMs ?? USED_UP_MS);
    try {
      if (limitScope === 'token') return await this.#holdGrant(grantId, untilMs);
      return await this.#trip({ cause: 'rate_limited', detail: 'the limit is used up', notBeforeMs: untilMs });
    } catch (err) {
      this.#logger.warn({ msg: 'the limits of a platform could not be written', platform: this.app.platform, err });
      return false;
    }
  }

  async #settle(failure: PlatformFailure | null, call: EndedCall): Promise<boolean> {
    const nowMs = this.parts.time.nowMs();
    const detail = failure?.message ?? '';
    if (failure?.class === 'transient') {
      this.kept.retries.failed(call.grantId);
      const isRun = this.#run.add(call.grantId);
      const notBeforeMs = failure.retryAfterMs === null ? null : nowMs + failure.retryAfterMs;
      return isRun || call.isProbe ? this.#trip({ cause: 'outage', detail, notBeforeMs }) : false;
    }
    if (failure?.class === 'rate_limited' && failure.limitScope === 'app') {
      const notBeforeMs = failure.retryAfterMs === null ? null : nowMs + failure.retryAfterMs;
      return this.#trip({ cause: 'rate_limited', detail, notBeforeMs });
    }
    if (failure?.class === 'misconfigured') {
      await this.#trip({ cause: 'misconfigured', detail, notBeforeMs: null });
      await this.parts.news.misconfigured(this.app, { detail });
      return true;
    }
    return this.#answered(failure, call);
  }

  /** Whatever it said, the platform is there. */
  async #answered(failure: PlatformFailure | null, { grantId, isProbe }: EndedCall): Promise<boolean> {
    this.#run.end();
    this.kept.retries.answered(grantId);
    if (failure?.class === 'rate_limited') {
      await this.#holdGrant(grantId, this.parts.time.nowMs() + (failure.retryAfterMs ?? GRANT_HOLD_MS));
    }
    if (!isProbe) return false;
    if (await this.parts.ledger.close(this.app, 'probe')) await this.parts.news.recovered(this.app);
    return true;
  }

  async #trip(trip: Trip): Promise<boolean> {
    this.#run.end();
    const hasOpened = await this.parts.ledger.trip(this.app, trip);
    const { cause, detail } = trip;
    if (hasOpened) {
      this.#logger.warn({ msg: 'calls to a platform are held back', platform: this.app.platform, cause, detail });
    }
    return true;
  }

  async #holdGrant(grantId: string | null, untilMs: number): Promise<boolean> {
    if (grantId === null) return false;
    this.kept.holds.hold(grantId, untilMs);
    await this.parts.ledger.holdGrant(this.app, grantId, untilMs);
    return false;
  }
}
