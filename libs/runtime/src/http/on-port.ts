import { MooringError } from '@mooring/contracts';
import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  SetMetadata,
} from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { portOf } from './port-of-request.ts';

const ON_PORT = Symbol('mooring:on-port');

/** Injection token of the names of the app's HTTP ports. */
export const PORT_NAMES = Symbol('mooring:port-names');

/**
 * Serves a controller (or one route) on the named ports alone; on the others it doesn't exist (404). Apps with more
 * than one port must say it on every controller, apps with one needn't.
 */
export const OnPort = (...names: [string, ...string[]]) => SetMetadata(ON_PORT, names);

/** Hides the routes of other ports, before any token is looked at. */
@Injectable()
export class PortGuard implements CanActivate, OnApplicationBootstrap {
  constructor(
    private readonly reflector: Reflector,
    private readonly discovery: DiscoveryService,
    @Inject(PORT_NAMES) private readonly portNames: readonly string[],
  ) {}

  /** Refuses to start with a controller that is on no port, or on one that isn't there. */
  onApplicationBootstrap(): void {
    for (const { metatype, name } of this.discovery.getControllers()) {
      if (!metatype) continue;
      const names = this.reflector.get<readonly string[] | undefined>(ON_PORT, metatype);
      const unknown = names?.filter((port) => !this.portNames.includes(port)) ?? [];
      if (unknown.length > 0)
        throw new Error(`${String(name)} is @OnPort(${unknown.join(', ')}), which is no port here`);
      if (names === undefined && this.portNames.length > 1 && this.#servesHttp(metatype)) {
        throw new Error(`${String(name)} needs @OnPort: this app has the ports ${this.portNames.join(', ')}`);
      }
    }
  }

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const names = this.reflector.getAllAndOverride<readonly string[] | undefined>(ON_PORT, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (names === undefined && this.portNames.length <= 1) return true;
    const port = portOf(context.switchToHttp().getRequest<Request>());
    if (port === undefined || names?.includes(port.name) !== true) throw new MooringError('not_found');
    return true;
  }

  /** Controllers of events alone have no route. */
  #servesHttp(metatype: object): boolean {
    const prototype: unknown = 'prototype' in metatype ? metatype.prototype : undefined;
    if (typeof prototype !== 'object' || prototype === null) return false;
    return Object.getOwnPropertyNames(prototype).some((method) => {
      const handler: unknown = Object.getOwnPropertyDescriptor(prototype, method)?.value;
      return (
        typeof handler === 'function' && Reflect.hasMetadata('path', handler) && Reflect.hasMetadata('method', handler)
      );
    });
  }
}
