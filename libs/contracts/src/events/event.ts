import { uuidv7 } from 'uuidv7';
import type { EventId } from '../ids.ts';
import type { EventData, EventType } from './schemas.ts';
import type { ServiceName } from './topics.ts';

/** An event as code handles it: CloudEvents 1.0 attributes, the record key, and data. */
export interface MooringEvent<T extends EventType = EventType> {
  /** `ce_id`: unique with `source`; the same over redeliveries. */
  readonly id: EventId;
  /** `ce_type`. */
  readonly type: T;
  /** `ce_source`: `/mooring/<service>`. */
  readonly source: string;
  /** `ce_subject`: the connection, grant, member, … that the event is about. */
  readonly subject: string;
  /** `ce_workspaceid`; the hub's id for hub events. */
  readonly workspaceId: string;
  /** `ce_time`, RFC 3339 UTC. */
  readonly time: string;
  /** The record's key: order is promised per key. */
  readonly key: string;
  /** W3C Trace Context of what caused the event. */
  readonly traceparent?: string;
  readonly data: EventData<T>;
}

/** What a publisher says about a new event. */
export interface NewEvent<T extends EventType> {
  readonly type: T;
  readonly service: ServiceName;
  readonly subject: string;
  readonly workspaceId: string;
  readonly key: string;
  readonly time: Date;
  readonly traceparent?: string | undefined;
  readonly data: EventData<T>;
}

/** Makes an event with a new id (UUID version 7). */
export function newEvent<T extends EventType>(event: NewEvent<T>): MooringEvent<T> {
  return {
    id: uuidv7() as EventId,
    type: event.type,
    source: `/mooring/${event.service}`,
    subject: event.subject,
    workspaceId: event.workspaceId,
    time: event.time.toISOString(),
    key: event.key,
    ...(event.traceparent ? { traceparent: event.traceparent } : {}),
    data: event.data,
  };
}
