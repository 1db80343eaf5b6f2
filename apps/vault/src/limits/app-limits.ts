import type { PlatformFailure, PlatformUsage } from '@mooring/adapters-core';
import type { DurationMs } from '@mooring/contracts';
import { Logger } from '@nestjs/common';
import { CallOutcomes } from './call-outcomes.ts';
import { GrantHolds } from './grant-holds.ts';
import type { LimitParts } from './limit-parts.ts';
import type { PlatformApp, Share } from './ports.ts';
import { refusal, type RefusalCause } from './refusals.ts';
import { RetryBudget } from './retry-budget.ts';
import { type WaitingCall, WaitingCalls } from './waiting-calls.ts';

/** How long a share is believed, and how often it is asked for while calls are under way. */
const SLICE_MS: DurationMs = 1_000;
/** Where the bucket is empty or all places are taken, the next share is asked for after this. */
const SHORT_MS: DurationMs = 100;
/** More than this replica needs right now, so that the next calls need not ask. */
const HEADROOM = 8;
const BUSY_RETRY_MS: DurationMs = 5_000;
const PROBED_ELSEWHERE_RETRY_MS: DurationMs = 1_000;
/** Where nobody knows how long an app stays misconfigured. */
const READINESS_RETRY_MS: DurationMs = 60_000;

/** Leave to make one call; whoever has it says how the call ended. */
export interface Pass {
  /** Null where the platform answered as hoped. Never rejects. */
  leave(failure: PlatformFailure | null): Promise<void>;
}

/**
 * The calls of this replica to one app of a platform: they wait for their turn, begin with a permit of the shared bucket and
 * in a shared place, each grant one at a time; and none begins while the breaker is open, but for the one that tries.
 */
export class AppLimits {
  readonly #logger = new Logger(AppLimits.name);
  readonly #waiting = new WaitingCalls();
  readonly #busy = new Set<string>();
  readonly #holds = new GrantHolds();
  readonly #retries: RetryBudget;
  readonly #outcomes: CallOutcomes;
  #running = 0;
  #permits = 0;
  #begun = 0;
  #usage: number | null = null;
  #share: Share | null = null;
  #leasedAtMs = -Infinity;
  #isLeasing = false;
  #isShort = false;
  #isProbing = false;
  #tick: { readonly isSoon: boolean; callOff(): void } | null = null;

  constructor(
    readonly app: PlatformApp,
    readonly parts: LimitParts,
  ) {
    this.#retries = new RetryBudget(parts.bounds.retryMs);
    this.#outcomes = new CallOutcomes(app, parts, { holds: this.#holds, retries: this.#retries });
  }

  /** Resolves when the call may begin. Throws PlatformFailure where it may not. */
  enter(grantId: string | null): Promise<Pass> {
    if (this.#waiting.size >= this.parts.bounds.waitingMax) throw this.#refusal('queue_full', BUSY_RETRY_MS);
    return new Promise<Pass>((resolve, reject) => {
      const call: WaitingCall = {
        grantId,
        sinceMs: this.parts.time.nowMs(),
        begin: () => resolve(this.#begin(grantId, false)),
        probe: () => resolve(this.#begin(grantId, true)),
        refuse: reject,
      };
      this.#waiting.add(call);
      this.#pump();
    });
  }

  /** Heeds how far the platform says that its limit is used. */
  async heed(usage: PlatformUsage, grantId: string | null): Promise<void> {
    if (usage.limitScope === 'app') this.#usage = Math.min(1, Math.max(this.#usage ?? 0, usage.usedFraction));
    if (usage.usedFraction < 1) return;
    if (await this.#outcomes.usedUp(usage, grantId)) this.#share = null;
  }

  /** Begins every call that may begin; asks for a new share where the one at hand is old or used up. */
  #pump(): void {
    const nowMs = this.parts.time.nowMs();
    this.#refuseOld(nowMs);
    while (this.#waiting.size > 0) {
      const share = nowMs - this.#leasedAtMs < SLICE_MS ? this.#share : null;
      if (!share) return void this.#lease();
      if (share.breaker === 'open') return this.#besideBreaker(share, nowMs);
      if (this.#running >= share.places || this.#permits < 1) {
        if (!this.#isShort) return void this.#lease();
        break;
      }
      const call = this.#waiting.next(this.#busy);
      if (!call) break;
      const against = this.#against(call.grantId, nowMs);
      if (against) call.refuse(against);
      else call.begin();
    }
    this.#keepTicking();
  }

  #against(grantId: string | null, nowMs: number): PlatformFailure | null {
    const heldMs = grantId === null ? 0 : this.#holds.leftMs(grantId, nowMs);
    if (heldMs > 0) return this.#refusal('grant_held', heldMs);
    return this.#retries.admit(grantId, nowMs) ? null : this.#refusal('retry_budget', this.#retries.waitMs);
  }

  #begin(grantId: string | null, isProbe: boolean): Pass {
    this.#running += 1;
    this.#permits -= 1;
    this.#begun += 1;
    if (grantId !== null) this.#busy.add(grantId);
    this.parts.news.begun(this.app);
    return { leave: (failure) => this.#leave(failure, { grantId, isProbe }) };
  }

  async #leave(failure: PlatformFailure | null, call: { grantId: string | null; isProbe: boolean }): Promise<void> {
    this.#running -= 1;
    if (call.grantId !== null) this.#busy.delete(call.grantId);
    const hasChanged = await this.#outcomes.settle(failure, call);
    if (call.isProbe) this.#isProbing = false;
    if (hasChanged || call.isProbe) this.#share = null;
    this.#pump();
  }

  #besideBreaker(share: Share, nowMs: number): void {
    // The others wait for what the one that tries finds out.
    if (this.#isProbing) return this.#keepTicking();
    const { openUntilMs, cause } = share;
    if (openUntilMs === null || openUntilMs > nowMs) {
      return this.#refuseAll(cause ?? 'outage', openUntilMs === null ? READINESS_RETRY_MS : openUntilMs - nowMs);
    }
    this.#isProbing = true;
    void this.#probe(cause ?? 'outage');
  }

  async #probe(cause: RefusalCause): Promise<void> {
    const isOurs = await this.parts.ledger.claimProbe(this.app).catch((error: unknown) => this.#unknown(error));
    const call = isOurs === true ? this.#waiting.next(this.#busy) : undefined;
    if (call) return call.probe();
    this.#isProbing = false;
    this.#share = null;
    if (isOurs === false) this.#refuseAll(cause, PROBED_ELSEWHERE_RETRY_MS);
  }

  async #lease(): Promise<void> {
    if (this.#isLeasing) return;
    this.#isLeasing = true;
    const request = {
      running: this.#running,
      wants: this.#running + this.#waiting.size + HEADROOM,
      permits: this.#waiting.size + this.#begun + HEADROOM,
      unused: Math.max(0, this.#permits),
      usage: this.#usage,
    };
    const { ledger, news, time } = this.parts;
    this.#permits = 0;
    this.#begun = 0;
    this.#usage = null;
    try {
      const share = await ledger.lease(this.app, request);
      this.#leasedAtMs = time.nowMs();
      this.#share = share;
      this.#permits += share.permits;
      this.#isShort = share.places < request.wants || share.permits < request.permits;
      for (const [grantId, untilMs] of share.held) this.#holds.hold(grantId, untilMs);
      news.share(this.app, share.places, share.held.length);
      news.breaker(this.app, share, this.#leasedAtMs);
    } catch (error) {
      this.#unknown(error);
    } finally {
      this.#isLeasing = false;
    }
    this.#pump();
  }

  /** Without the shared state nobody knows what may be called. */
  #unknown(err: unknown): void {
    this.#logger.warn({ msg: 'the limits of a platform could not be read', platform: this.app.platform, err });
    this.#refuseAll('limits_unknown', BUSY_RETRY_MS);
  }

  /** While calls are under way the share must not lapse, and whoever waits must not wait for ever. */
  #keepTicking(): void {
    if (this.#running === 0 && this.#waiting.size === 0) return;
    const isSoon = this.#waiting.size > 0 && this.#isShort;
    if (this.#tick && (!isSoon || this.#tick.isSoon)) return;
    this.#tick?.callOff();
    const callOff = this.parts.time.after(isSoon ? SHORT_MS : SLICE_MS, () => {
      this.#tick = null;
      this.#refuseOld(this.parts.time.nowMs());
      if (this.#running > 0 || this.#waiting.size > 0) void this.#lease();
    });
    this.#tick = { isSoon, callOff };
  }

  #refuseOld(nowMs: number): void {
    const old = this.#waiting.since(nowMs - this.parts.bounds.waitMs);
    for (const call of old) call.refuse(this.#refusal('no_turn', BUSY_RETRY_MS));
  }

  #refuseAll(cause: RefusalCause, retryAfterMs: DurationMs): void {
    for (const call of this.#waiting.all()) call.refuse(this.#refusal(cause, retryAfterMs));
  }

  #refusal(cause: RefusalCause, retryAfterMs: DurationMs): PlatformFailure {
    this.parts.news.refused(this.app, cause);
    return refusal(cause, retryAfterMs);
  }
}
