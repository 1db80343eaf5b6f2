const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Hears the signals that ask for a stop, alone: the embedded PostgreSQL's library listens too, and would stop the database
 * and end this process before the services have stopped.
 */
export function onStopSignal(stop: () => void): void {
  for (const name of SIGNALS) {
    process.removeAllListeners(name);
    process.on(name, stop);
  }
}
