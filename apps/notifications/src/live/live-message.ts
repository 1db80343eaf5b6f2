import type { FeedRow } from '../feed/ports.ts';

/** A row of the feed as a message of the live stream (WHATWG HTML §9.2): id, event, one line of JSON. */
export function liveMessage(row: FeedRow): string {
  const data = {
    workspaceId: row.workspaceId,
    at: row.at,
    code: row.code,
    connectionId: row.connectionId,
    alertId: row.alertId,
    ...(row.words === null ? {} : { text: row.words, tone: row.tone }),
    ...row.data,
  };
  return message(row.id, row.kind, data);
}

/** The first message: where the stream begins, so that a listener can resume before anything has happened. */
export const readyMessage = (id: number): string => message(id, 'ready', {});

/** Says that what was missed can't be told any more: read everything afresh. */
export const resetMessage = (id: number): string => message(id, 'reset', {});

/** A comment; it keeps proxies from closing the stream and tells the listener that it lives. */
export const HEARTBEAT = ': heartbeat\n\n';

/** How long a listener waits before it comes back. */
export const retryAdvice = (ms: number): string => `retry: ${ms}\n\n`;

function message(id: number, event: string, data: unknown): string {
  return `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
