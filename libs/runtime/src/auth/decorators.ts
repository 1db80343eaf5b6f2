import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { CallerKind } from '../settings/identity-settings.ts';
import type { Caller } from './caller.ts';

export const ACCEPTED_KINDS = Symbol('mooring:accepted-kinds');
export const REQUIRED_SCOPE = Symbol('mooring:required-scope');
export const PUBLIC_ROUTE = Symbol('mooring:public-route');

/** A request that {@link AuthGuard} let through. */
export interface AuthenticatedRequest {
  caller?: Caller;
}

/** Opens a route or controller to these kinds of callers. Without it (and without `@Public`) a route is closed. */
export const Accepts = (...kinds: CallerKind[]) => SetMetadata(ACCEPTED_KINDS, kinds);

/** Asks services for this scope. People are judged by their role in the directory, by the use case. */
export const RequiresScope = (scope: string) => SetMetadata(REQUIRED_SCOPE, scope);

/** Opens a route to everybody: no token is read. */
export const Public = () => SetMetadata(PUBLIC_ROUTE, true);

/** The {@link Caller} of a route that isn't public. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (caller === undefined) throw new Error('CurrentCaller is used on a public route');
  return caller;
});
