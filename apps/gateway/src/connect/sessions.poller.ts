import type { PollRound } from '@mooring/runtime';
import type { ExpireSessions } from './expire-sessions.ts';

/** A round over the connect sessions that nobody pushes. */
export function sessionsRound(expireSessions: ExpireSessions): PollRound {
  return () => expireSessions.run();
}
