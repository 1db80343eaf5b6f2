import type { RequestListener } from 'node:http';
// By its package name, not its path: the export condition decides between the real clock and the movable one.
// eslint-disable-next-line @nx/enforce-module-boundaries
import { clockControl, processClock } from '#clock';
import { NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Logger as PinoLogger } from 'nestjs-pino';
import { JwtVerifier } from '../auth/jwt-verifier.ts';
import { prepareHttp } from '../http/http-application.ts';
import { HttpPorts, listen } from '../http/http-ports.ts';
import { createLogger } from '../logging/logger.ts';
import { NestLogger } from '../logging/nest-logger.ts';
import { METRICS, Metrics } from '../metrics.ts';
import { Loops } from '../operations/loops.ts';
import { createOperationsServer } from '../operations/operations-server.ts';
import { type Check, Readiness } from '../operations/readiness.ts';
import { startTracing } from '../tracing/tracing.ts';
import { RuntimeModule } from './runtime.module.ts';
import type { RunningService, ServiceContext, ServiceOptions, ServiceSettings } from './service-options.ts';
import { Shutdown } from './shutdown.ts';

/** What the operations port knows of a service that is still booting. */
interface Progress {
  readiness: Readiness | undefined;
  startup: Readonly<Record<string, Check>> | undefined;
}

function createContext<S extends ServiceSettings>(options: ServiceOptions<S>): ServiceContext<S> {
  const { settings, name, logDestination } = options;
  const logger = createLogger({
    service: name,
    level: settings.LOG_LEVEL,
    ...(logDestination === undefined ? {} : { destination: logDestination }),
  });
  const metrics = new Metrics();
  metrics.collectProcessMetrics(name);
  const draining = metrics.gauge(METRICS.draining);
  draining.set(0);
  const shutdown = new Shutdown({
    phaseStarted(phase) {
      draining.set(1);
      logger.info({ phase }, 'stopping');
    },
    stepFailed: (step, err) => logger.error({ step, err }, 'a step of stopping did not finish'),
  });
  return { settings, logger, clock: processClock, clockControl, metrics, loops: new Loops(), shutdown };
}

async function startOperations<S extends ServiceSettings>(context: ServiceContext<S>, progress: Progress) {
  const server = createOperationsServer({
    metrics: context.metrics,
    loops: context.loops,
    readiness: () => progress.readiness,
    startup: () => progress.startup,
    draining: () => context.shutdown.draining,
    clockControl: context.clockControl,
  });
  const port = await listen(server, context.settings.OPS_HOST, context.settings.OPS_PORT);
  return { server, port };
}

async function createApplication<S extends ServiceSettings>(
  options: ServiceOptions<S>,
  context: ServiceContext<S>,
): Promise<NestExpressApplication> {
  const { settings, logger, clock, metrics, loops, shutdown } = context;
  const verifier = new JwtVerifier({ issuers: settings.TRUSTED_ISSUERS, serviceScopes: settings.SERVICE_SCOPES });
  const portNames = options.listen.map(({ name }) => name);
  const unloggedPaths = options.http?.unloggedPaths ?? [];
  const given = { logger, clock, metrics, loops, shutdown, verifier, portNames, unloggedPaths };
  const runtime = RuntimeModule.forRoot(given);
  const own = await options.module(context);
  const app = await NestFactory.create<NestExpressApplication>(
    { module: ServiceRoot, imports: [runtime, own] },
    { bodyParser: false, bufferLogs: true, abortOnError: false },
  );
  app.useLogger(new NestLogger(app.get(PinoLogger)));
  prepareHttp(app, metrics.histogram(METRICS.httpRequestSeconds), options.http);
  await options.configure?.(app, context);
  return app;
}

class ServiceRoot {}

function connectStrategies(
  app: NestExpressApplication,
  strategies: readonly CustomTransportStrategy[],
  shutdown: Shutdown,
) {
  strategies.forEach((strategy, index) => {
    const close = strategy.close.bind(strategy);
    let closed: Promise<void> | undefined;
    // Nest closes transports once more in `app.close()`, long after intake: that call finds it done.
    strategy.close = () => (closed ??= Promise.resolve(close() as unknown).then(() => undefined));
    app.connectMicroservice({ strategy }, { inheritAppConfig: true });
    shutdown.register('intake', `transport ${index + 1}`, async () => {
      await strategy.close();
    });
  });
}

function registerStops(app: NestExpressApplication, ports: HttpPorts, shutdown: Shutdown): void {
  shutdown.register('intake', 'http', () => ports.stopAccepting());
  shutdown.register('drain', 'http', () => ports.drained());
  // Nest's own hooks (onModuleDestroy … onApplicationShutdown) run when nothing needs its providers any more.
  shutdown.register('database', 'application', () => app.close());
}

/**
 * Starts a service: operations port, logger, tracing, Nest application, transports, HTTP ports; nothing that ends the
 * process. `runService` is this with signals; tests use this.
 * @throws what the app's own modules throw while they are built
 */
export async function startService<S extends ServiceSettings>(options: ServiceOptions<S>): Promise<RunningService> {
  const context = createContext(options);
  const { settings, shutdown, logger } = context;
  const progress: Progress = { readiness: undefined, startup: undefined };
  const stopTracing = await startTracing(
    settings.OTEL_EXPORTER_OTLP_ENDPOINT,
    settings.OTEL_SERVICE_NAME ?? options.name,
  );
  const operations = await startOperations(context, progress);
  let ports: HttpPorts | undefined;
  const stop = async () => {
    const report = await shutdown.run(settings.DRAIN_DEADLINE_MS);
    progress.readiness?.stop();
    ports?.destroy();
    await stopTracing().catch((err: unknown) => logger.warn({ err }, 'spans were lost'));
    operations.server.close();
    operations.server.closeAllConnections();
    return report;
  };
  try {
    const app = await createApplication(options, context);
    connectStrategies(app, options.strategies?.(app, context) ?? [], shutdown);
    await app.init();
    ports = new HttpPorts(app.getHttpAdapter().getInstance() as RequestListener, options.listen);
    registerStops(app, ports, shutdown);
    progress.readiness = new Readiness(options.readiness?.(app) ?? {});
    await progress.readiness.start();
    await app.startAllMicroservices();
    await options.started?.(app, context);
    const listening = await ports.listen();
    progress.startup = options.startup?.(app) ?? {};
    logger.info({ ports: listening, operationsPort: operations.port }, 'started');
    return { app, ports: listening, operationsPort: operations.port, logger, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
