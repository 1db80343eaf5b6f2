import { type PlatformAdapter, PlatformFailure } from '@mooring/adapters-core';
import type { DurationMs } from '@mooring/contracts';
import { METRICS, Metrics } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';

/** Bounds on what one process sends to one app of a platform. */
export abstract class PlatformCallBounds {
  /** Operations under way at once, per platform app. */
  abstract readonly inFlightMax: number;
  /** Operations that may wait for their turn; more are refused as rate limited. */
  abstract readonly waitingMax: number;
}

/** The hold that a rate limit without a time asks for. */
const HOLD_MS_DEFAULT: DurationMs = 60_000;
/** How long a caller is asked to stay away when the queue is full. */
const BUSY_RETRY_MS: DurationMs = 5_000;

interface Lane {
  running: number;
  readonly waiting: (() => void)[];
  /** Real time: the platform's own clock decides about its limits. */
  heldUntilMs: number;
}

/**
 * Every operation at a platform goes through here: a cap on what is in flight, and a hold where the platform said to stay
 * away, both per platform app. In the memory of this process: replicas don't know of each other's calls.
 */
@Injectable()
export class PlatformCalls {
  readonly #lanes = new Map<string, Lane>();

  constructor(
    private readonly bounds: PlatformCallBounds,
    private readonly metrics: Metrics,
  ) {}

  /** Runs one operation in its turn. Throws PlatformFailure and nothing else. */
  async run<T>(adapter: PlatformAdapter, operation: string, call: () => Promise<T>): Promise<T> {
    const lane = this.#laneOf(adapter);
    await this.#enter(lane);
    const startedAtMs = performance.now();
    let result = 'ok';
    try {
      return await call();
    } catch (error) {
      const failure = asPlatformFailure(error);
      result = failure.class;
      if (failure.class === 'rate_limited' && failure.limitScope === 'app') {
        lane.heldUntilMs = Math.max(lane.heldUntilMs, Date.now() + (failure.retryAfterMs ?? HOLD_MS_DEFAULT));
      }
      throw failure;
    } finally {
      this.#leave(lane);
      this.metrics
        .histogram(METRICS.platformRequestSeconds)
        .observe({ platform: adapter.platform, operation, result }, (performance.now() - startedAtMs) / 1_000);
    }
  }

  #laneOf(adapter: PlatformAdapter): Lane {
    const name = `${adapter.platform} ${adapter.credentials.clientId}`;
    let lane = this.#lanes.get(name);
    if (!lane) this.#lanes.set(name, (lane = { running: 0, waiting: [], heldUntilMs: 0 }));
    return lane;
  }

  async #enter(lane: Lane): Promise<void> {
    refuseWhileHeld(lane);
    if (lane.running >= this.bounds.inFlightMax) {
      if (lane.waiting.length >= this.bounds.waitingMax) throw notNow('too many calls are waiting', BUSY_RETRY_MS);
      await new Promise<void>((resolve) => lane.waiting.push(resolve));
    } else {
      lane.running += 1;
    }
    try {
      refuseWhileHeld(lane);
    } catch (error) {
      this.#leave(lane);
      throw error;
    }
  }

  /** The place goes to the one who waits longest. */
  #leave(lane: Lane): void {
    const next = lane.waiting.shift();
    if (next) next();
    else lane.running -= 1;
  }
}

function refuseWhileHeld(lane: Lane): void {
  const leftMs = lane.heldUntilMs - Date.now();
  if (leftMs > 0) throw notNow('the platform asked to stay away', leftMs);
}

function notNow(detail: string, retryAfterMs: DurationMs): PlatformFailure {
  return new PlatformFailure({ class: 'rate_limited', detail, retryAfterMs, mayHaveArrived: false });
}

/** An adapter that throws anything else has a fault of its own; one bad answer must not take others with it. */
function asPlatformFailure(error: unknown): PlatformFailure {
  if (error instanceof PlatformFailure) return error;
  return new PlatformFailure({ class: 'unexpected', detail: 'the adapter failed', cause: error });
}
