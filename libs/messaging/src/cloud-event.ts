import {
  type EventId,
  InvalidEventError,
  isEventType,
  type MooringEvent,
  topicOfType,
  validateEventData,
} from '@mooring/contracts';
import { PoisonError } from './errors.ts';
import type { BusRecord } from './record.ts';

const REQUIRED_HEADERS = ['ce_specversion', 'ce_id', 'ce_type', 'ce_source', 'ce_time', 'ce_subject', 'ce_workspaceid'];
const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Headers of an event in CloudEvents 1.0 Kafka binary mode (section 3.2 of the protocol binding), with W3C `traceparent`. */
export function cloudEventHeaders(event: MooringEvent): Record<string, string> {
  return {
    'content-type': 'application/json',
    ce_specversion: '1.0',
    ce_id: event.id,
    ce_type: event.type,
    ce_source: event.source,
    ce_time: event.time,
    ce_subject: event.subject,
    ce_workspaceid: event.workspaceId,
    ce_dataschema: `urn:mooring:event:${event.type}`,
    ...(event.traceparent ? { traceparent: event.traceparent } : {}),
  };
}

/** The record that carries an event on its topic. */
export function encodeEvent(event: MooringEvent): BusRecord {
  return {
    topic: topicOfType(event.type).name,
    key: event.key,
    value: Buffer.from(JSON.stringify(event.data)),
    headers: cloudEventHeaders(event),
  };
}

/** The event in a record, its data checked against the type's schema. Throws {@link PoisonError}. */
export function decodeEvent(record: BusRecord): MooringEvent {
  const { headers } = record;
  const missing = REQUIRED_HEADERS.filter((name) => !headers[name]);
  if (missing.length > 0) throw new PoisonError('undecodable', `headers are missing: ${missing.join(', ')}`);
  if (headers['ce_specversion'] !== '1.0') throw new PoisonError('undecodable', 'ce_specversion is not 1.0');
  const id = headers['ce_id'] ?? '';
  if (!UUID_PATTERN.test(id)) throw new PoisonError('undecodable', 'ce_id is not a UUID');
  const type = headers['ce_type'] ?? '';
  if (!isEventType(type)) throw new PoisonError('unknown_type', 'ce_type names no known event type');
  return {
    id: id as EventId,
    type,
    source: headers['ce_source'] ?? '',
    subject: headers['ce_subject'] ?? '',
    workspaceId: headers['ce_workspaceid'] ?? '',
    time: headers['ce_time'] ?? '',
    key: record.key ?? '',
    ...(headers['traceparent'] ? { traceparent: headers['traceparent'] } : {}),
    data: decodeData(type, record.value),
  };
}

function decodeData(type: MooringEvent['type'], value: Buffer): MooringEvent['data'] {
  let data: unknown;
  try {
    // A fatal decoder, since Buffer#toString would replace broken UTF-8 and pass it on.
    data = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(value));
  } catch {
    throw new PoisonError('undecodable', 'the value is not JSON in UTF-8');
  }
  try {
    return validateEventData(type, data);
  } catch (error) {
    if (error instanceof InvalidEventError) throw new PoisonError('invalid_data', error.message);
    throw error;
  }
}
