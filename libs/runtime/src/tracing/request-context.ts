import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { continueTrace, formatTraceparent, parseTraceparent, type TraceContext } from './traceparent.ts';

/** What belongs to one request or one handled event, wherever the code is. */
export interface RequestContext {
  readonly requestId: string;
  /** Our own place in the trace. */
  readonly trace: TraceContext;
  /** The caller's place in it, where it said one. */
  readonly parent: TraceContext | undefined;
}

const storage = new AsyncLocalStorage<RequestContext>();
const REQUEST_ID_PATTERN = /^[A-Za-z0-9._:-]{1,128}$/;

/** A context from the headers `x-request-id` and `traceparent`; what is missing or malformed is made new. */
export function contextFromHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): RequestContext {
  const requestId = headers['x-request-id'];
  const traceparent = headers['traceparent'];
  const parent = parseTraceparent(typeof traceparent === 'string' ? traceparent : undefined);
  return {
    requestId: typeof requestId === 'string' && REQUEST_ID_PATTERN.test(requestId) ? requestId : randomUUID(),
    trace: continueTrace(parent),
    parent,
  };
}

/** Runs `work` in a context; log lines, outgoing calls and problems carry its ids. */
export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** Runs `work` as a continuation of a `traceparent` that came by another way than HTTP, with an event for example. */
export function runWithTraceparent<T>(traceparent: string | undefined, work: () => T): T {
  return storage.run(contextFromHeaders({ traceparent }), work);
}

/** The context of the running request or event; undefined outside of any. */
export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}

/** The `traceparent` to send along (HTTP header, event extension); undefined outside of any request. */
export function currentTraceparent(): string | undefined {
  const context = storage.getStore();
  return context === undefined ? undefined : formatTraceparent(context.trace);
}
