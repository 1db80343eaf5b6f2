import type { EventData, EventType, MooringEvent } from '@mooring/contracts';
import { Logger } from '@nestjs/common';

const logger = new Logger('Connections');

const MESSAGES: Partial<Record<EventType, string>> = {
  ConnectionEstablished: 'connection connected',
  ConnectionReconnected: 'connection reconnected',
  ConnectionExpired: 'connection needs reconnecting',
  ConnectionRecovered: 'connection recovered',
  ConnectionExpiringSoon: 'connection expires soon',
  ConnectionScopesChanged: 'permissions of a connection changed',
  ConnectionDisconnected: 'connection disconnected',
};

/** Tells the operator, in one line each, what was announced of connections; routine renewals and checks are the vault's to tell. */
export function logAnnounced(event: MooringEvent): void {
  const msg = MESSAGES[event.type];
  if (!msg || !isAboutConnection(event)) return;
  const { connection } = event.data;
  const { connectionId, workspaceId, grantId, platform, accountId, status, previousStatus, reason } = connection;
  const ids = { connectionId, workspaceId, grantId, platform, accountId };
  const change = connection.statusSince === event.time ? { from: previousStatus, to: status } : { status };
  const line = { msg, ...ids, ...change, ...(reason && { reason }), ...detailsOf(event) };
  if (event.type === 'ConnectionExpired') logger.warn(line);
  else logger.log(line);
}

type ConnectionEvent = MooringEvent<Extract<EventType, `Connection${string}`>>;

function isAboutConnection(event: MooringEvent): event is ConnectionEvent {
  return 'connection' in event.data;
}

function detailsOf({ data }: ConnectionEvent): object {
  const { by, daysLeft, added, removed } = data as Partial<
    EventData<'ConnectionReconnected'> & EventData<'ConnectionExpiringSoon'> & EventData<'ConnectionScopesChanged'>
  >;
  return {
    ...(by && { by: by.subject, onBehalfOfWorkspace: by.onBehalfOfWorkspace }),
    ...(daysLeft !== undefined && { daysLeft }),
    ...(added && { added, removed }),
  };
}
