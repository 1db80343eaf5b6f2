import type { PollRound } from '@mooring/runtime';
import type { LiveListeners } from './live-listeners.ts';

/** A round of heartbeats. */
export const heartbeatRound = (listeners: LiveListeners): PollRound => {
  return () => {
    listeners.heartbeat();
    return Promise.resolve();
  };
};
