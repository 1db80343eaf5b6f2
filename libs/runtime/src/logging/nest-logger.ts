import type { LoggerService } from '@nestjs/common';

/** What Nest tells of itself while it starts; the service's own `started` says what an operator needs. */
const BOOT_CONTEXTS: ReadonlySet<unknown> = new Set([
  'NestFactory',
  'NestApplication',
  'NestMicroservice',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
]);

/** Nest's logger, with what Nest tells of its own boot at level debug. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Required<LoggerService>) {}

  log(message: unknown, ...parameters: unknown[]): void {
    if (BOOT_CONTEXTS.has(parameters.at(-1))) this.logger.debug(message, ...parameters);
    else this.logger.log(message, ...parameters);
  }

  fatal(message: unknown, ...parameters: unknown[]): void {
    this.logger.fatal(message, ...parameters);
  }

  error(message: unknown, ...parameters: unknown[]): void {
    this.logger.error(message, ...parameters);
  }

  warn(message: unknown, ...parameters: unknown[]): void {
    this.logger.warn(message, ...parameters);
  }

  debug(message: unknown, ...parameters: unknown[]): void {
    this.logger.debug(message, ...parameters);
  }

  verbose(message: unknown, ...parameters: unknown[]): void {
    this.logger.verbose(message, ...parameters);
  }
}
