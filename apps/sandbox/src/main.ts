import { pino } from 'pino';
import { readSettings } from './config.ts';
import { createSandbox } from './sandbox.ts';

const settings = readSettings();
const logger = pino({ level: settings.logLevel, base: { service: 'sandbox' } });

const sandbox = await createSandbox({ ...settings, logger }).catch((error: NodeJS.ErrnoException) => {
  const reason = error.code === 'EADDRINUSE' ? `port ${settings.port} is in use` : error.message;
  logger.fatal({ reason, code: error.code }, 'sandbox could not start');
  process.exit(1);
});
logger.info({ url: sandbox.url }, 'sandbox listening');

let stopping = false;
function stop(): void {
  if (stopping) return;
  stopping = true;
  void sandbox.close().then(() => process.exit(0));
}
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
