import type { ConnectionStateData, EventData } from '@mooring/contracts';
import type { Alert } from '../alerts/ports.ts';
import type { NewFeedRow } from '../feed/ports.ts';
import type { ConnectionEvent } from './ports.ts';

/** The three toasts, word for word (L-23). `{account}` and `{Account}` stand for the display name as it is. */
export const TOAST_WORDS = {
  token_refreshed: (account: string): string => `Access token refreshed for ${account}`,
  refresh_refused: (account: string): string => `Please reconnect ${account}`,
  connection_expired: (account: string): string => `${account} expired. Please reconnect.`,
} as const;

type Row = Pick<NewFeedRow, 'kind' | 'code' | 'words' | 'tone' | 'dedupKey'> & Partial<NewFeedRow>;

const about = (state: ConnectionStateData, row: Row): NewFeedRow => ({
  connectionId: state.connectionId,
  alertId: null,
  ...row,
  data: { platform: state.platform, account: state.displayName, ...row.data },
});

/** The toast that the end of a renewal owes, if any; an outage owes none. */
export function refreshToast(event: ConnectionEvent): NewFeedRow | null {
  if (event.type !== 'ConnectionRefreshed') return null;
  const { connection, attempt, outcome } = event.data as EventData<'ConnectionRefreshed'>;
  const key = `${connection.connectionId}:${attempt.attemptId}`;
  if (outcome === 'refreshed') {
    const words = TOAST_WORDS.token_refreshed(connection.displayName);
    return about(connection, {
      kind: 'toast',
      code: 'token_refreshed',
      words,
      tone: 'success',
      dedupKey: `refreshed:${key}`,
    });
  }
  if (outcome !== 'refused' || attempt.trigger !== 'person') return null;
  const words = TOAST_WORDS.refresh_refused(connection.displayName);
  return about(connection, {
    kind: 'toast',
    code: 'refresh_refused',
    words,
    tone: 'error',
    dedupKey: `refused:${key}`,
  });
}

/** The toast of a connection that came to need reconnecting. */
export function expiredToast(state: ConnectionStateData, alertId: string): NewFeedRow {
  return about(state, {
    kind: 'toast',
    code: 'connection_expired',
    words: TOAST_WORDS.connection_expired(state.displayName),
    tone: 'error',
    alertId,
    data: { reason: state.reason, action: state.action },
    dedupKey: cutOffKey(state),
  });
}

/** For a cut-off that is heard of when it is already over: no toast would be true any more, and yet it was. */
export function wasCutOffNotice(event: ConnectionEvent, current: ConnectionStateData): NewFeedRow | null {
  if (event.type !== 'ConnectionExpired' || current.status === 'needs_reconnect') return null;
  const state = event.data.connection;
  return about(state, {
    kind: 'notice',
    code: 'was_cut_off',
    words: `${state.displayName} had expired and no longer needs reconnecting.`,
    tone: 'info',
    data: { reason: state.reason },
    dedupKey: cutOffKey(state),
  });
}

/** The reminder of a deadline (L-16), in the feed. */
export function expiringNotice(event: ConnectionEvent): NewFeedRow | null {
  if (event.type !== 'ConnectionExpiringSoon') return null;
  const { connection, daysLeft } = event.data as EventData<'ConnectionExpiringSoon'>;
  if (daysLeft === null) return null;
  const when = daysLeft === 1 ? '1 day' : `${daysLeft} days`;
  return about(connection, {
    kind: 'notice',
    code: 'expiring_soon',
    words: `${connection.displayName} expires within ${when}. Reconnect it before then.`,
    tone: 'warning',
    data: { daysLeft, deadline: connection.deadline },
    dedupKey: `expiring:${connection.connectionId}:${connection.deadline?.at ?? ''}:${daysLeft}`,
  });
}

/** The end of an incident; null where nothing was healed, only removed. */
export function allClearNotice(alert: Alert): NewFeedRow | null {
  const healed = alert.connections.filter((connection) => connection.outcome === 'healed');
  const [first] = healed;
  if (!alert.closedAt || !first) return null;
  const words =
    healed.length === 1
      ? `All clear: ${first.displayName} is connected again.`
      : `All clear: ${healed.length} accounts are connected again.`;
  return {
    kind: 'notice',
    code: 'all_clear',
    connectionId: healed.length === 1 ? first.connectionId : null,
    alertId: alert.id,
    words,
    tone: 'success',
    data: { platform: alert.platform },
    dedupKey: `all-clear:${alert.id}:${alert.timesOpened}`,
  };
}

/** Says on the live stream how an alert stands now. */
export function alertChanged(alert: Alert): NewFeedRow {
  return {
    kind: 'alert',
    code: 'alert_changed',
    connectionId: null,
    alertId: alert.id,
    words: null,
    tone: null,
    data: {
      alert: {
        id: alert.id,
        platform: alert.platform,
        reason: alert.reason,
        openedAt: alert.openedAt,
        closedAt: alert.closedAt,
        connections: alert.connections,
      },
    },
    dedupKey: null,
  };
}

/** Says on the live stream how a connection stands now, and which attempt has ended, so that lists and spinners follow. */
export function connectionChanged(event: ConnectionEvent, current: ConnectionStateData): NewFeedRow {
  const attempt = 'attempt' in event.data ? event.data.attempt : null;
  return {
    kind: 'connection',
    code: 'connection_changed',
    connectionId: current.connectionId,
    alertId: null,
    words: null,
    tone: null,
    data: {
      cause: event.type,
      attemptId: attempt?.attemptId ?? null,
      outcome: 'outcome' in event.data ? event.data.outcome : null,
      connection: current,
    },
    dedupKey: null,
  };
}

function cutOffKey(state: ConnectionStateData): string {
  return `expired:${state.connectionId}:${state.episodeId ?? state.statusSince}`;
}
