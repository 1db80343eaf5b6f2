import type { ExpireSessions } from './expire-sessions.ts';

/** A round over the connect sessions that nobody pushes. */
export function sessionsRound(expireSessions: ExpireSessions): () => Promise<void> {
  return () => expireSessions.run();
}
