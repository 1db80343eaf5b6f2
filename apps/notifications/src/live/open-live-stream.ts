import { type DurationMs, MooringError } from '@mooring/contracts';
import type { Caller } from '@mooring/runtime';
import type { EnterWorkspace } from '../directory/enter-workspace.ts';
import type { Feed } from '../feed/ports.ts';
import type { FeedTail } from './feed-tail.ts';
import { type ListenerBounds, LiveListener } from './live-listener.ts';
import type { LiveListeners } from './live-listeners.ts';
import type { EventSink } from './ports.ts';

/** Bounds of the live stream of one replica. */
export interface LiveBounds extends ListenerBounds {
  readonly listenersMax: number;
  /** Rows that are sent again on resume; more is a gap, and the listener begins afresh. */
  readonly replayRowsMax: number;
  /** A stream ends after this long; on coming back the listener's right to it is checked again. */
  readonly streamMsMax: DurationMs;
}

/** What a listener asks for. */
export interface LiveRequest {
  readonly workspaceId: string;
  /** The header Last-Event-ID as it came. */
  readonly lastEventId: string | undefined;
}

const BUSY_RETRY_SECONDS = 5;

/** Opens the live stream of a workspace for a person, where they left off. */
export class OpenLiveStream {
  readonly #enterWorkspace: EnterWorkspace;
  readonly #feed: Feed;
  readonly #tail: FeedTail;
  readonly #listeners: LiveListeners;
  readonly #bounds: LiveBounds;

  constructor(
    parts: { enterWorkspace: EnterWorkspace; feed: Feed; tail: FeedTail; listeners: LiveListeners },
    bounds: LiveBounds,
  ) {
    this.#enterWorkspace = parts.enterWorkspace;
    this.#feed = parts.feed;
    this.#tail = parts.tail;
    this.#listeners = parts.listeners;
    this.#bounds = bounds;
  }

  /** `open` makes the sink once it is certain that the stream may be. Throws MooringError before that, never after. */
  async run(caller: Caller, request: LiveRequest, open: () => EventSink): Promise<void> {
    await this.#enterWorkspace.run(caller, request.workspaceId);
    if (this.#listeners.count >= this.#bounds.listenersMax) {
      throw new MooringError('too_many_requests', { retryAfterSeconds: BUSY_RETRY_SECONDS });
    }
    await this.#tail.start();
    const sink = open();
    const listener = new LiveListener(sink, this.#bounds);
    const leave = this.#listeners.add(request.workspaceId, listener);
    const timer = setTimeout(() => listener.close(), this.#bounds.streamMsMax);
    sink.onClose(() => {
      clearTimeout(timer);
      leave();
    });
    await this.#begin(listener, request).catch(() => listener.close());
  }

  async #begin(listener: LiveListener, { workspaceId, lastEventId }: LiveRequest): Promise<void> {
    // Taken before anything is read: whatever the tail hands on after it is held for the listener.
    const { position } = this.#tail;
    if (lastEventId === undefined) return listener.begin(position, []);
    if (!/^\d{1,15}$/.test(lastEventId)) return listener.beginAfresh(position);
    const after = Number(lastEventId);
    const { rows, complete } = await this.#feed.missed(workspaceId, after, this.#bounds.replayRowsMax + 1);
    if (!complete || rows.length > this.#bounds.replayRowsMax) return listener.beginAfresh(position);
    listener.begin(after, rows);
  }
}
