import type { LaneStats } from './consume/lane-consumer.ts';
import type { BusStrategy } from './consume/strategy.ts';
import type { BusProducer } from './record.ts';

/** Which bus a process is on. */
export type BusKind = 'kafka' | 'embedded';

/** Counters and gauges of a process's bus. */
export interface BusStats {
  /** True while every lane is a member of its group. An absent bus is an alert, never liveness or readiness. */
  readonly connected: boolean;
  readonly lanes: readonly LaneStats[];
  readonly handled: number;
  readonly retried: number;
  readonly deadLettered: number;
}

/** Whose lanes a strategy consumes. */
export interface StrategyOptions {
  /** The consumer group; its name stands in the names of its retry and dead-letter topics. */
  readonly group: string;
  readonly service?: string;
}

/** One process's connection to the bus. */
export interface Bus {
  readonly kind: BusKind;
  /** For the relay; the retry lanes use it too. */
  readonly producer: BusProducer;
  /** For `app.connectMicroservice({ strategy }, { inheritAppConfig: true })`. */
  strategy(options: StrategyOptions): BusStrategy;
  stats(): BusStats;
  /** Closes the producer and what lanes are left; after the relay, in `onApplicationShutdown`. */
  close(): Promise<void>;
}
