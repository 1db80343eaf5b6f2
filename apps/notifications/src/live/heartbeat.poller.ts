import type { PollLoopOptions } from '../polling/poll-loop.ts';
import type { LiveListeners } from './live-listeners.ts';

/** A round of heartbeats. */
export const heartbeatRound = (listeners: LiveListeners): PollLoopOptions['round'] => {
  return () => {
    listeners.heartbeat();
    return Promise.resolve(false);
  };
};
