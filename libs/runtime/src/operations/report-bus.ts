import { METRICS, type Metrics } from '../metrics.ts';

/** What is measured of the bus; `@mooring/messaging` offers both. */
export interface ReportedBus {
  /** The service's consumer group. */
  readonly group: string;
  readonly bus: { stats(): { readonly connected: boolean } };
  /** Missing where a service publishes nothing. Ages in milliseconds. */
  readonly relay?: { stats(): { readonly pending: number; readonly oldestAgeMs: number } };
}

/** Sets the gauges of the outbox (rows, age of the oldest) and of the consumer's connection. */
export function reportBus(metrics: Metrics, { group, bus, relay }: ReportedBus): void {
  metrics.gauge(METRICS.consumerConnected).set({ group }, bus.stats().connected ? 1 : 0);
  if (!relay) return;
  const { pending, oldestAgeMs } = relay.stats();
  metrics.gauge(METRICS.outboxPending).set(pending);
  metrics.gauge(METRICS.outboxAgeSeconds).set(oldestAgeMs / 1_000);
}
