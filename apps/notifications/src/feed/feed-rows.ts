import type { FeedCode, FeedKind, FeedRow, Tone } from './ports.ts';

/** A row of the feed as PostgreSQL answers it. */
export interface FeedRecord {
  id: string;
  workspace_id: string;
  at: Date;
  kind: FeedKind;
  code: FeedCode;
  connection_id: string | null;
  alert_id: string | null;
  words: string | null;
  tone: Tone | null;
  data: Record<string, unknown>;
}

export const FEED_COLUMNS = 'id, workspace_id, at, kind, code, connection_id, alert_id, words, tone, data';

export function feedRowOf(record: FeedRecord): FeedRow {
  return {
    id: Number(record.id),
    workspaceId: record.workspace_id,
    at: record.at,
    kind: record.kind,
    code: record.code,
    connectionId: record.connection_id,
    alertId: record.alert_id,
    words: record.words,
    tone: record.tone,
    data: record.data,
  };
}
