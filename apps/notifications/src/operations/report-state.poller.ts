import type { Bus } from '@mooring/messaging';
import { METRICS, type Metrics } from '@mooring/runtime';
import type { AlertCount } from '../alerts/ports.ts';
import type { LiveListeners } from '../live/live-listeners.ts';
import type { PollLoopOptions } from '../polling/poll-loop.ts';

/** What is measured. */
export interface ReportedState {
  readonly bus: Bus;
  readonly listeners: LiveListeners;
  readonly alerts: AlertCount;
}

/** A round of measuring: listeners, open alerts, whether the bus is there. */
export function reportStateRound(state: ReportedState, metrics: Metrics): PollLoopOptions['round'] {
  return async () => {
    metrics.gauge(METRICS.liveListeners).set(state.listeners.count);
    metrics.gauge(METRICS.consumerConnected).set({ group: 'notifications' }, state.bus.stats().connected ? 1 : 0);
    metrics.gauge(METRICS.openAlerts).set(await state.alerts.countOpen());
    return false;
  };
}
