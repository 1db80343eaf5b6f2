import type { Bus, OutboxRelay } from '@mooring/messaging';
import { METRICS, type Metrics, type PollRound, reportBus } from '@mooring/runtime';
import type { DueGrants } from '../schedule/ports.ts';

const RELEASED_KEPT_MS = 15 * 24 * 3_600_000;
const FORGET_ROWS_MAX = 1_000;

/** A round of measuring: how late the schedule is (a stall shows here, C07), how full the outbox, whether the bus is there. */
export function reportStateRound(due: DueGrants, relay: OutboxRelay, bus: Bus, metrics: Metrics): PollRound {
  return async () => {
    reportBus(metrics, { group: 'scheduler', bus, relay });
    metrics.gauge(METRICS.dueLagSeconds).set((await due.longestOverdueMs()) / 1_000);
    metrics.gauge(METRICS.unansweredLagSeconds).set((await due.longestUnansweredMs()) / 1_000);
    await due.forgetReleased(RELEASED_KEPT_MS, FORGET_ROWS_MAX);
  };
}
