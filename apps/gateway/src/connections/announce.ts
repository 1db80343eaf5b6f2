import { platformNames } from '@mooring/adapters';
import { type ActorData, type EventData, type EventType, newEvent } from '@mooring/contracts';
import { currentTraceparent } from '@mooring/runtime';
import { uuidv7 } from 'uuidv7';
import type { Stores } from '../storage/ports.ts';
import { type Connection, consentPlatform, stateOf } from './connection.ts';
import { summaryOf } from './history-summary.ts';

/** Types of events about connections. */
export type ConnectionEventType = Extract<EventType, `Connection${string}`>;
/** What such an event says beside the connection's state. */
export type ConnectionNews<T extends ConnectionEventType> = Omit<EventData<T>, 'connection'>;

/** Who did something, and when. */
export interface Occasion {
  readonly at: Date;
  readonly by: ActorData | null;
  /** Left out of the history: it happened on schedule and changed nothing. */
  readonly routine?: boolean;
}

/**
 * Announces something about a connection: raises its version, saves it, writes its history, and puts the event into the
 * outbox, all in the caller's transaction, which holds the row's lock.
 */
export async function announce<T extends ConnectionEventType>(
  stores: Stores,
  connection: Connection,
  news: { readonly type: T; readonly data: ConnectionNews<T> },
  occasion: Occasion,
): Promise<void> {
  connection.version += 1;
  await stores.connections.save(connection);
  if (!occasion.routine) {
    await stores.connections.addHistory({
      id: uuidv7(),
      workspaceId: connection.workspaceId,
      connectionId: connection.id,
      kind: news.type,
      occurredAt: occasion.at,
      summary: summaryOf(news, connection, platformNames(consentPlatform(connection)).name),
      bySubject: occasion.by?.subject ?? null,
      byName: occasion.by?.name ?? null,
      onBehalfOfWorkspace: occasion.by?.onBehalfOfWorkspace ?? false,
    });
  }
  await stores.announce(
    newEvent({
      type: news.type,
      service: 'gateway',
      subject: connection.id,
      workspaceId: connection.workspaceId,
      key: connection.id,
      time: occasion.at,
      traceparent: currentTraceparent(),
      data: { connection: stateOf(connection), ...news.data },
    }),
  );
}
