import type { Counter } from 'prom-client';
import { METRICS, type Metrics } from '../metrics.ts';

/** What is measured of the bus; `@mooring/messaging` offers both. */
export interface ReportedBus {
  /** The service's consumer group. */
  readonly group: string;
  readonly bus: {
    stats(): {
      readonly connected: boolean;
      readonly deadLettered: number;
      readonly lanes: readonly { readonly lag: number }[];
    };
  };
  /** Missing where a service publishes nothing. Ages in milliseconds. */
  readonly relay?: {
    stats(): { readonly pending: number; readonly oldestAgeMs: number; readonly dead: number };
  };
}

/** Takes over what somebody else counts since the process began. */
function repeat(counter: Counter, labels: Record<string, string>, count: number): void {
  counter.remove(labels);
  counter.inc(labels, count);
}

/** Sets the gauges of the outbox (rows, age of the oldest) and of the consumer (connection, lag), and counts dead letters. */
export function reportBus(metrics: Metrics, { group, bus, relay }: ReportedBus): void {
  const { connected, deadLettered, lanes } = bus.stats();
  const deadLetters = metrics.counter(METRICS.deadLetters);
  metrics.gauge(METRICS.consumerConnected).set({ group }, connected ? 1 : 0);
  metrics.gauge(METRICS.consumerLag).set(
    { group },
    lanes.reduce((sum, { lag }) => sum + lag, 0),
  );
  repeat(deadLetters, { group, side: 'consumed' }, deadLettered);
  if (!relay) return;
  const { pending, oldestAgeMs, dead } = relay.stats();
  metrics.gauge(METRICS.outboxPending).set(pending);
  metrics.gauge(METRICS.outboxAgeSeconds).set(oldestAgeMs / 1_000);
  repeat(deadLetters, { group, side: 'outbox' }, dead);
}
