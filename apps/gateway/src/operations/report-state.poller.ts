import type { Bus, OutboxRelay } from '@mooring/messaging';
import { METRICS, type Metrics } from '@mooring/runtime';

/** A round of measuring: how full the outbox is, and whether the bus is there. */
export function reportStateRound(relay: OutboxRelay, bus: Bus, metrics: Metrics): () => Promise<void> {
  return () => {
    const { pending, oldestAgeMs } = relay.stats();
    metrics.gauge(METRICS.outboxPending).set(pending);
    metrics.gauge(METRICS.outboxAgeSeconds).set(oldestAgeMs / 1_000);
    metrics.gauge(METRICS.consumerConnected).set({ group: 'gateway' }, bus.stats().connected ? 1 : 0);
    return Promise.resolve();
  };
}
