import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { LoggerModule } from 'nestjs-pino';
import type { Logger } from 'pino';
import { AuthGuard } from '../auth/auth.guard.ts';
import { JwtVerifier } from '../auth/jwt-verifier.ts';
import { Clock } from '../clock-port.ts';
import { PORT_NAMES, PortGuard } from '../http/on-port.ts';
import { httpLogging } from '../logging/logger.ts';
import { Metrics } from '../metrics.ts';
import { Loops } from '../operations/loops.ts';
import { ProblemFilter } from '../problems/problem.filter.ts';
import { validationPipe } from '../problems/validation.ts';
import { Shutdown } from './shutdown.ts';

/** What the runtime gives to every module of a service. */
export interface RuntimeProviders {
  readonly logger: Logger;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly loops: Loops;
  readonly shutdown: Shutdown;
  readonly verifier: JwtVerifier;
  readonly portNames: readonly string[];
  readonly unloggedPaths?: readonly string[];
}

/**
 * The global module of every service: clock, metrics, loops, shutdown, token verifier; and for all routes the port
 * guard, the auth guard (in that order), the validation pipe and the problem filter.
 */
@Global()
@Module({})
export class RuntimeModule {
  static forRoot(given: RuntimeProviders): DynamicModule {
    return {
      module: RuntimeModule,
      imports: [
        DiscoveryModule,
        LoggerModule.forRoot({ pinoHttp: httpLogging(given.logger), exclude: [...(given.unloggedPaths ?? [])] }),
      ],
      providers: [
        { provide: Clock, useValue: given.clock },
        { provide: Metrics, useValue: given.metrics },
        { provide: Loops, useValue: given.loops },
        { provide: Shutdown, useValue: given.shutdown },
        { provide: JwtVerifier, useValue: given.verifier },
        { provide: PORT_NAMES, useValue: given.portNames },
        { provide: APP_GUARD, useClass: PortGuard },
        { provide: APP_GUARD, useClass: AuthGuard },
        { provide: APP_PIPE, useFactory: validationPipe },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
      exports: [Clock, Metrics, Loops, Shutdown, JwtVerifier, PORT_NAMES],
    };
  }
}
