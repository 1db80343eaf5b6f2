import type { Request } from 'express';
import { portOf } from '../http/port-of-request.ts';

interface RouterLayer {
  readonly route?: { readonly methods: Readonly<Record<string, boolean>> };
  match(path: string): boolean;
}

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
    .flatMap((layer) => Object.keys(layer.route?.methods ?? {}));
  if (methods.includes(asked) || methods.includes('_all')) return [];
  return [...new Set(methods.map((method) => method.toUpperCase()))].sort();
}
