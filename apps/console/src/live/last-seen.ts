import type { DurationMs } from '@mooring/contracts';

/** A visit to a platform and back is shorter; older toasts are no news any more. */
const NEWS_MS: DurationMs = 10 * 60_000;

interface LastSeen {
  readonly id: string;
  readonly at: number;
}

const keyOf = (workspaceId: string) => `mooring.live.${workspaceId}`;

/** The last message that this tab saw, so that nothing is missed while it is away at a platform. */
export function lastSeen(workspaceId: string): string | undefined {
  const stored = window.sessionStorage.getItem(keyOf(workspaceId));
  if (!stored) return undefined;
  const { id, at } = JSON.parse(stored) as LastSeen;
  return Date.now() - at < NEWS_MS ? id : undefined;
}

/** Remembers a message as seen. */
export function rememberSeen(workspaceId: string, id: string): void {
  const seen: LastSeen = { id, at: Date.now() };
  window.sessionStorage.setItem(keyOf(workspaceId), JSON.stringify(seen));
}
