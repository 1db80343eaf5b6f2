import type { DynamicModule, INestApplicationContext, Type } from '@nestjs/common';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { DestinationStream, Logger } from 'pino';
import type { Clock, ClockControl } from '../clock-port.ts';
import type { HttpSettings } from '../http/http-application.ts';
import type { PortSettings } from '../http/http-ports.ts';
import type { Metrics } from '../metrics.ts';
import type { Loops } from '../operations/loops.ts';
import type { Check } from '../operations/readiness.ts';
import type { CommonSettings } from '../settings/shared-settings.ts';
import type { Shutdown } from './shutdown.ts';

/** The settings that starting a service needs; `commonSettings` holds them all. */
export type ServiceSettings = Pick<
  CommonSettings,
  | 'LOG_LEVEL'
  | 'OPS_HOST'
  | 'OPS_PORT'
  | 'TRUSTED_ISSUERS'
  | 'SERVICE_SCOPES'
  | 'DRAIN_DEADLINE_MS'
  | 'OTEL_EXPORTER_OTLP_ENDPOINT'
  | 'OTEL_SERVICE_NAME'
>;

/** What a service gets to build itself from, before Nest is up. The same objects can be injected by their classes. */
export interface ServiceContext<S> {
  readonly settings: S;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Moves the clock; only under the export condition `@mooring/testing`. */
  readonly clockControl: ClockControl | undefined;
  readonly metrics: Metrics;
  readonly loops: Loops;
  readonly shutdown: Shutdown;
}

/** How a service is put together. */
export interface ServiceOptions<S extends ServiceSettings> {
  /** `gateway`, `vault`, …: the name in logs, metrics and traces. */
  readonly name: string;
  readonly settings: S;
  /** The app's root module. Clock, Metrics, Loops, Shutdown, JwtVerifier can be injected anywhere in it. */
  module(context: ServiceContext<S>): DynamicModule | Type | Promise<DynamicModule | Type>;
  /** HTTP ports; with more than one, every controller says `@OnPort`. */
  readonly listen: readonly PortSettings[];
  readonly http?: HttpSettings;
  /** For what must be set on the application itself (OpenAPI, passport), before it is initialised. */
  configure?(app: NestExpressApplication, context: ServiceContext<S>): void | Promise<void>;
  /** Transports of events. They get the app's pipes, filters and guards, and are closed in the phase `intake`. */
  strategies?(app: NestExpressApplication, context: ServiceContext<S>): readonly CustomTransportStrategy[];
  /** What `/readyz` pings, by name; `database` and nothing that isn't ours. */
  readiness?(app: INestApplicationContext): Readonly<Record<string, Check>>;
  /** What `/startupz` asks beside, e.g. the schema version. */
  startup?(app: INestApplicationContext): Readonly<Record<string, Check>>;
  /** Begins the service's own work (relay, pollers), once Nest is up and just before the ports open. */
  started?(app: INestApplicationContext, context: ServiceContext<S>): void | Promise<void>;
  /** Where log lines go; standard output by default. */
  readonly logDestination?: DestinationStream;
}

/** A service that runs. */
export interface RunningService {
  readonly app: NestExpressApplication;
  /** The real HTTP ports, by name. */
  readonly ports: Readonly<Record<string, number>>;
  readonly operationsPort: number;
  readonly logger: Logger;
  /** Stops it in order; answers the steps that didn't finish. */
  stop(): Promise<{ readonly unfinished: readonly string[] }>;
}
