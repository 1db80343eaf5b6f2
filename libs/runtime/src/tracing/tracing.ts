import {
  context,
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import { contextFromHeaders, type RequestContext, runInContext } from './request-context.ts';

/** Ends tracing: sends what is left. */
export type StopTracing = () => Promise<void>;

/** What a span of a request says when it ends; the route is a pattern, so no id, query or code gets into a trace. */
export interface RequestOutcome {
  readonly route: string;
  readonly method: string;
  readonly status: number;
}

/** The span of one request; does nothing where tracing is off. */
export interface RequestSpan {
  run(work: () => void): void;
  end(outcome: RequestOutcome): void;
}

const TRACER_NAME = 'mooring';
const STATUS_SERVER_ERROR = 500;
let tracing = false;

const NO_SPAN: RequestSpan = { run: (work) => work(), end: () => undefined };

/**
 * Starts OpenTelemetry where a collector is configured; the SDK reads the `OTEL_*` variables itself. It is loaded only
 * then, because it costs tens of megabytes. Spans are our own: auto-instrumentation would put query strings into them.
 */
export async function startTracing(collectorUrl: string | undefined, service: string): Promise<StopTracing> {
  if (collectorUrl === undefined) return () => Promise.resolve();
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const sdk = new NodeSDK({ serviceName: service, instrumentations: [] });
  sdk.start();
  tracing = true;
  return async () => {
    tracing = false;
    await sdk.shutdown();
  };
}

function parentOf({ parent }: RequestContext): Context {
  if (parent === undefined) return ROOT_CONTEXT;
  const { traceId, spanId, sampled } = parent;
  const traceFlags = sampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

function contextOf(requestContext: RequestContext, span: Span): RequestContext {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return { ...requestContext, trace: { traceId, spanId, sampled: (traceFlags & TraceFlags.SAMPLED) !== 0 } };
}

function requestSpan(span: Span): RequestSpan {
  return {
    run: (work) => context.with(trace.setSpan(context.active(), span), work),
    end({ route, method, status }) {
      span.updateName(`${method} ${route}`);
      span.setAttributes({
        'http.request.method': method,
        'http.route': route,
        'http.response.status_code': status,
      });
      if (status >= STATUS_SERVER_ERROR) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

/** Begins the span of a request under the caller's trace; the context answered carries its ids on. */
export function startRequestSpan(
  requestContext: RequestContext,
  method: string,
): { readonly context: RequestContext; readonly span: RequestSpan } {
  if (!tracing) return { context: requestContext, span: NO_SPAN };
  const span = trace.getTracer(TRACER_NAME).startSpan(method, { kind: SpanKind.SERVER }, parentOf(requestContext));
  return { context: contextOf(requestContext, span), span: requestSpan(span) };
}

/**
 * Handles an event as a continuation of the trace that it came with: log lines and outgoing calls carry its ids, and a
 * collector sees a span. `name` is the event's type, never an id.
 */
export async function traceEvent<T>(name: string, traceparent: string | undefined, work: () => Promise<T>): Promise<T> {
  const incoming = contextFromHeaders({ traceparent });
  if (!tracing) return runInContext(incoming, work);
  const span = trace.getTracer(TRACER_NAME).startSpan(name, { kind: SpanKind.CONSUMER }, parentOf(incoming));
  const active = trace.setSpan(context.active(), span);
  try {
    return await runInContext(contextOf(incoming, span), () => context.with(active, work));
  } catch (error) {
    // Without the error's text: it may hold what a trace must not.
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}
