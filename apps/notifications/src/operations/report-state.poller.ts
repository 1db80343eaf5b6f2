import type { Bus } from '@mooring/messaging';
import { METRICS, type Metrics, type PollRound, reportBus } from '@mooring/runtime';
import type { AlertCount } from '../alerts/ports.ts';
import type { LiveListeners } from '../live/live-listeners.ts';

/** What is measured. */
export interface ReportedState {
  readonly bus: Bus;
  readonly listeners: LiveListeners;
  readonly alerts: AlertCount;
}

/** A round of measuring: listeners, open alerts, whether the bus is there. */
export function reportStateRound(state: ReportedState, metrics: Metrics): PollRound {
  return async () => {
    metrics.gauge(METRICS.liveListeners).set(state.listeners.count);
    reportBus(metrics, { group: 'notifications', bus: state.bus });
    metrics.gauge(METRICS.openAlerts).set(await state.alerts.countOpen());
  };
}
