import { METRICS, type Metrics, type PollRound } from '@mooring/runtime';
import type { ConnectionCensus } from './ports.ts';

/** A round of counting: how many connections of each platform have each status. */
export function countConnectionsRound(census: ConnectionCensus, metrics: Metrics): PollRound {
  const gauge = metrics.gauge(METRICS.connections);
  return async () => {
    const counts = await census.count();
    // What nobody has any more must not stay at its last number.
    gauge.reset();
    for (const { platform, status, count } of counts) gauge.set({ platform, status }, count);
  };
}
