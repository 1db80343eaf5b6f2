import type { DurationMs, EventType, MooringEvent } from '@mooring/contracts';
import { applyDecorators, Catch, type RpcExceptionFilter, UseFilters } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { type Observable, throwError } from 'rxjs';

/**
 * Passes a handler's error on as it was thrown. Nest's own filter would turn every error into "Internal server error",
 * and the bus could no longer tell a permanent failure from a transient one.
 */
export class OriginalErrorFilter implements RpcExceptionFilter<unknown> {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

// Called, not written as a decorator, so that plain Node can run this file by stripping its types.
Catch()(OriginalErrorFilter);

/** What `@OnEvent` can say about a handler. */
export interface OnEventOptions {
  /** After this long the event goes to the next retry lane. */
  readonly deadlineMs?: DurationMs;
}

/** Fits methods that take the event of a type; what else Nest injects may follow. */
export type EventHandlerDecorator<T extends EventType> = <
  H extends (event: MooringEvent<T>, ...rest: never[]) => unknown,
>(
  target: object,
  name: string | symbol,
  descriptor: TypedPropertyDescriptor<H>,
) => void;

/**
 * Marks a controller's method as the handler of one event type: `(event: MooringEvent<'…'>) => Promise<void>`.
 * A thrown PermanentError makes the event a dead letter; any other error is transient.
 */
export function OnEvent<T extends EventType>(type: T, options: OnEventOptions = {}): EventHandlerDecorator<T> {
  const pattern = EventPattern<string>(type, { ...options });
  return applyDecorators(pattern, UseFilters(OriginalErrorFilter));
}
