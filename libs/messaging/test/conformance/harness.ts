import type { BusBounds, BusSettings } from '../../src/index.ts';

/** Where a bus is reached. */
export type BusAddress = Pick<BusSettings, 'kafkaBrokers' | 'busDatabaseUrl'>;

/** A bus that scenarios take away. It begins stopped. */
export interface RoughBus {
  readonly address: BusAddress;
  /** Where topics are made: the same bus, and there even while it is "away" where that is simulated. */
  readonly adminAddress: BusAddress;
  /** Starts it for the first time. */
  begin(): Promise<void>;
  kill(): Promise<void>;
  restart(): Promise<void>;
  freeze(): void;
  thaw(): void;
}

/** What one transport brings to the suite. */
export interface BusHarness {
  readonly transport: 'kafka' | 'embedded';
  /** Why there is no second bus to be killed and frozen, where there is none. */
  readonly whyNotMistreated: string | undefined;
  /** Leaving scenarios out is a failure. */
  readonly mustBeWhole: boolean;
  /** Starts everything; called once. */
  start(): Promise<BusUnderTest>;
}

/** A running bus, and where it can be had, a second one to be mistreated. */
export interface BusUnderTest {
  readonly calm: { readonly address: BusAddress; readonly adminAddress: BusAddress };
  readonly rough: RoughBus | undefined;
  stop(): Promise<void>;
}

/** Short times, so that the suite is quick; handlers that must outlast a session take longer than `sessionTimeoutMs`. */
export const TEST_BOUNDS: Partial<BusBounds> = {
  sessionTimeoutMs: 6_000,
  heartbeatMs: 500,
  rebalanceTimeoutMs: 6_000,
  quickRetryDelaysMs: [20],
  retryDelaysMs: [300, 600, 900],
  commitEveryMs: 200,
  drainTimeoutMs: 10_000,
};
