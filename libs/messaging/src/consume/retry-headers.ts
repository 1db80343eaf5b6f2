import type { ReceivedRecord } from '../record.ts';
import type { Failure } from './failure.ts';

const PREFIX = 'mooring_';

/** What a retry or dead-letter record says about the road behind it. */
export interface RetryState {
  /** Retry lanes already entered. */
  readonly attempt: number;
  /** Epoch milliseconds before which the record must not be handled; 0 on the main lane. */
  readonly notBeforeMs: number;
  readonly originalTopic: string;
  readonly originalPartition: number;
  readonly originalOffset: string;
}

/** Reads a record's state; one from a main topic is its own origin. */
export function retryStateOf(record: ReceivedRecord): RetryState {
  const { headers } = record;
  const notBefore = Date.parse(headers[`${PREFIX}not_before`] ?? '');
  return {
    attempt: Number.parseInt(headers[`${PREFIX}attempt`] ?? '0', 10) || 0,
    notBeforeMs: Number.isNaN(notBefore) ? 0 : notBefore,
    originalTopic: headers[`${PREFIX}original_topic`] ?? record.topic,
    originalPartition: Number(headers[`${PREFIX}original_partition`] ?? record.partition),
    originalOffset: headers[`${PREFIX}original_offset`] ?? String(record.offset),
  };
}

/** A record's headers with a new state in place of the old one: they are replaced, never piled up. */
export function withRetryState(
  headers: Readonly<Record<string, string>>,
  state: RetryState,
  failure: Pick<Failure, 'errorClass' | 'message'>,
): Record<string, string> {
  return {
    ...headers,
    [`${PREFIX}attempt`]: String(state.attempt),
    [`${PREFIX}not_before`]: new Date(state.notBeforeMs).toISOString(),
    [`${PREFIX}original_topic`]: state.originalTopic,
    [`${PREFIX}original_partition`]: String(state.originalPartition),
    [`${PREFIX}original_offset`]: state.originalOffset,
    [`${PREFIX}error_class`]: failure.errorClass,
    [`${PREFIX}error_message`]: failure.message,
  };
}
