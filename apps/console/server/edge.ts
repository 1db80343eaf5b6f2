import { createServer } from 'node:http';
import { join } from 'node:path';
import { pino } from 'pino';
import { createEdge } from './app.ts';
import { readSettings, SettingsError } from './config.ts';

/** Streams never end by themselves; what is still open after this is cut. */
const STOP_GRACE_MS = 3_000;

const log = pino({ name: 'edge', timestamp: pino.stdTimeFunctions.isoTime });

function start(): void {
  const settings = readSettings();
  const server = createServer(createEdge(settings, join(import.meta.dirname, '../dist'), log));
  server.on('error', (error: NodeJS.ErrnoException) => {
    log.fatal({ code: error.code, port: settings.port }, 'edge cannot listen');
    process.exitCode = 1;
  });
  server.listen(settings.port, settings.host, () => {
    log.info({ host: settings.host, port: settings.port }, 'edge listens');
  });
  const stop = (signal: NodeJS.Signals) => {
    log.info({ signal }, 'edge stops');
    server.close(() => log.info('edge stopped'));
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), STOP_GRACE_MS).unref();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

try {
  start();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  log.fatal({ faults: error.faults }, error.message);
  process.exitCode = 1;
}
