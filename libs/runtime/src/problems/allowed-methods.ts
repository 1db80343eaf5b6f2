import type { Request } from 'express';
import { portOf } from '../http/port-of-request.ts';

interface RouterLayer {
  readonly route?: { readonly methods: Readonly<Record<string, boolean>> };
  match(path: string): boolean;
}

const METHODS_OF_ROUTE_MAX = 10;

function layersOf(application: unknown): readonly RouterLayer[] {
  // `router` is Express's own; it has no types.
  const { router } = application as { router?: { stack?: readonly RouterLayer[] } };
  return router?.stack ?? [];
}

/**
 * Methods that the address of a request answers to, other than the one asked: 405 then, not 404. Empty where an app
 * has several ports, because it would tell one port of another's routes.
 */
export function allowedMethods(application: unknown, request: Request): readonly string[] {
  if (portOf(request)?.exclusive !== true) return [];
  const asked = request.method.toLowerCase();
  const methods = layersOf(application)
    .filter((layer) => layer.route !== undefined && layer.match(request.path))
    .map((layer) => Object.keys(layer.route?.methods ?? {}))
    // Middleware of modules stands here too, as a route for every method there is.
    .filter((ofLayer) => ofLayer.length <= METHODS_OF_ROUTE_MAX)
    .flat();
  if (methods.includes(asked)) return [];
  return [...new Set(methods.map((method) => method.toUpperCase()))].sort();
}
