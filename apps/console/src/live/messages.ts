import type { LiveMessage } from '@mooring/client';

/** A toast as notifications words it. */
export interface Toast {
  readonly text: string;
  readonly tone: 'success' | 'warning' | 'error' | 'info';
  readonly connectionId: string | null;
}

/** What a message of the live stream means to the page. */
export interface LiveNews {
  readonly workspaceId: string | null;
  readonly connectionId: string | null;
  /** The event that caused it, as `ConnectionChecked`. */
  readonly cause: string | null;
  readonly attemptId: string | null;
  readonly toast: Toast | null;
}

const TONES = ['success', 'warning', 'error', 'info'] as const;

/** Reads a message; unknown members are left alone, so that a newer server does no harm. */
export function readNews(message: LiveMessage): LiveNews {
  const data = record(message.data);
  const toast = record(data.toast);
  const connectionId = text(data.connectionId) ?? text(record(data.connection).id);
  const kind = text(data.kind) ?? message.type;
  const words = text(toast.text) ?? (kind === 'toast' ? (text(data.words) ?? text(data.text)) : null);
  const tone = text(toast.tone) ?? text(data.tone);
  return {
    workspaceId: text(data.workspaceId),
    connectionId,
    cause: text(data.cause) ?? text(data.type) ?? message.type,
    attemptId: text(data.attemptId),
    toast: words ? { text: words, tone: TONES.find((known) => known === tone) ?? 'info', connectionId } : null,
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
