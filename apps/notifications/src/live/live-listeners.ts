import type { FeedRow } from '../feed/ports.ts';
import type { LiveListener } from './live-listener.ts';

/** The listeners of this replica, by workspace. */
export class LiveListeners {
  readonly #byWorkspace = new Map<string, Set<LiveListener>>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Answers how to take it out again. */
  add(workspaceId: string, listener: LiveListener): () => void {
    const listeners = this.#byWorkspace.get(workspaceId) ?? new Set();
    this.#byWorkspace.set(workspaceId, listeners.add(listener));
    this.#count += 1;
    return () => {
      if (!listeners.delete(listener)) return;
      this.#count -= 1;
      if (listeners.size === 0 && this.#byWorkspace.get(workspaceId) === listeners) {
        this.#byWorkspace.delete(workspaceId);
      }
    };
  }

  broadcast(row: FeedRow): void {
    for (const listener of this.#byWorkspace.get(row.workspaceId) ?? []) listener.offer(row);
  }

  heartbeat(): void {
    for (const listener of this.#all()) listener.heartbeat();
  }

  closeAll(): void {
    for (const listener of this.#all()) listener.close();
  }

  #all(): LiveListener[] {
    return [...this.#byWorkspace.values()].flatMap((listeners) => [...listeners]);
  }
}
