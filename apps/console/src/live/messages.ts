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
  /** How a check or a refresh ended, as `alive`. */
  readonly outcome: string | null;
  readonly toast: Toast | null;
}

const TONES = ['success', 'warning', 'error', 'info'] as const;

/** Reads a message; unknown members are left alone, so that a newer server does no harm. */
export function readNews(message: LiveMessage): LiveNews {
  const data = record(message.data);
  const connectionId = text(data.connectionId);
  const words = message.type === 'toast' ? text(data.text) : null;
  return {
    workspaceId: text(data.workspaceId),
    connectionId,
    cause: text(data.cause),
    attemptId: text(data.attemptId),
    outcome: text(data.outcome),
    toast: words ? { text: words, tone: TONES.find((tone) => tone === data.tone) ?? 'info', connectionId } : null,
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
