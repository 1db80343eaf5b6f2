import type { DurationMs } from '@mooring/contracts';
import type { Delivery } from './delivery.ts';
import type { Lane } from './lanes.ts';

/** What one lane of a group is doing. */
export interface LaneStats {
  readonly lane: string;
  readonly group: string;
  /** True while the lane's consumer is a member of its group. */
  readonly connected: boolean;
  readonly partitions: number;
  readonly handlersInFlight: number;
  /** Records taken and not yet done. */
  readonly recordsInFlight: number;
  /** Records published and not yet done, as far as known. */
  readonly lag: number;
  /** Milliseconds since the lane's supervisor last went round: only this one tells whether the process is alive. */
  readonly supervisorSilentMs: DurationMs;
  readonly restarts: number;
}

/** Consumes one lane on one transport and looks after itself: it comes back by its own effort whatever the bus does. */
export interface LaneConsumer {
  /** Begins in the background; an absent bus is no error. */
  start(): void;
  /** Takes nothing more from the bus; what is at work goes on. */
  stopIntake(): void;
  /** Waits for handlers at work (bounded), commits what is done, and leaves the group. */
  stop(drainTimeoutMs: DurationMs): Promise<void>;
  stats(): LaneStats;
}

/** Makes the consumer of a lane on one transport. */
export type LaneConsumerFactory = (lane: Lane, delivery: Delivery) => LaneConsumer;
