import { Logger } from '@nestjs/common';
import type { Alert } from './ports.ts';

const logger = new Logger('Alerts');

/** Tells the operator that a connection joined an alert, which it may have opened. */
export function logJoined(alert: Alert, connectionId: string): void {
  const isFirst = alert.connections.filter(({ leftAt }) => leftAt === null).length === 1;
  const again = alert.timesOpened > 1 && { timesOpened: alert.timesOpened };
  const msg = isFirst ? 'alert opened' : 'connection joined an alert';
  logger.log({ msg, ...idsOf(alert), connectionId, reason: alert.reason, ...again });
}

/** Tells the operator that a connection left an alert, which it may have closed. */
export function logLeft(alert: Alert, connectionId: string): void {
  const left = alert.connections.find((connection) => connection.connectionId === connectionId);
  const msg = alert.closedAt ? 'alert closed' : 'connection left an alert';
  logger.log({ msg, ...idsOf(alert), connectionId, outcome: left?.outcome });
}

function idsOf({ id, workspaceId, platform }: Alert): object {
  return { alertId: id, workspaceId, platform };
}
