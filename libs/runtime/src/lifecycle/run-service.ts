import { writeSync } from 'node:fs';
import { scrubText } from '../logging/redaction.ts';
import { SettingsError } from '../settings/define-settings.ts';
import type { RunningService, ServiceOptions, ServiceSettings } from './service-options.ts';
import { startService } from './start-service.ts';

const EXIT_FAILED = 1;
const EXIT_UNFINISHED = 1;
const STDERR = 2;
const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** As {@link ServiceOptions}, with settings that are read only now, so that their errors are told well. */
export type RunServiceOptions<S extends ServiceSettings> = Omit<ServiceOptions<S>, 'settings'> & {
  readonly settings: S | (() => S);
};

function readSettings<S>(settings: S | (() => S)): S {
  return typeof settings === 'function' ? (settings as () => S)() : settings;
}

function stopOnSignals(service: RunningService): void {
  let stopping = false;
  for (const signal of STOP_SIGNALS) {
    process.on(signal, () => {
      // A terminal and a supervisor often both send one: the second must not cut the first short.
      if (stopping) return;
      stopping = true;
      service.logger.info({ signal }, 'told to stop');
      void service.stop().then(({ unfinished }) => {
        service.logger.info({ unfinished }, 'stopped');
        process.exit(unfinished.length === 0 ? 0 : EXIT_UNFINISHED);
      });
    });
  }
}

function endOnUnhandled(service: RunningService): void {
  const end = (err: unknown) => {
    service.logger.fatal({ err }, 'unhandled error');
    process.exit(EXIT_FAILED);
  };
  // After an error that nobody expected no state can be trusted; a restart is what recovers.
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}

/**
 * The one way for a process to start: reads settings, starts the service, stops it in order on SIGTERM or SIGINT, exits
 * with 0, or with 1 when something had to be cut. A boot that fails says why on standard error, and exits with 1.
 */
export async function runService<S extends ServiceSettings>(options: RunServiceOptions<S>): Promise<void> {
  try {
    const service = await startService({ ...options, settings: readSettings(options.settings) });
    endOnUnhandled(service);
    stopOnSignals(service);
  } catch (error) {
    writeSync(STDERR, `${options.name} did not start: ${tellBootError(error)}\n`);
    process.exit(EXIT_FAILED);
  }
}

function tellBootError(error: unknown): string {
  if (error instanceof SettingsError) return error.message;
  return error instanceof Error ? scrubText(error.stack ?? error.message) : 'unknown error';
}
