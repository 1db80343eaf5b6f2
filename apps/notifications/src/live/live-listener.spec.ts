import type { FeedRow } from '../feed/ports.ts';
import { LiveListener } from './live-listener.ts';
import type { EventSink } from './ports.ts';

const row = (id: number): FeedRow => ({
  id,
  workspaceId: 'acme',
  at: new Date(0),
  kind: 'toast',
  code: 'token_refreshed',
  connectionId: null,
  alertId: null,
  words: `words ${id}`,
  tone: 'success',
  data: {},
});

class ListSink implements EventSink {
  readonly sent: string[] = [];
  backlogBytes = 0;
  closed = false;
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.closed = true;
  }
  onClose(): void {
    // A list is never closed from outside.
  }
  get ids(): number[] {
    return this.sent.filter((text) => text.includes('event: toast')).map((text) => Number(/id: (\d+)/.exec(text)?.[1]));
  }
}

describe('L-24 a listener of the live stream', () => {
  const bounds = { bufferBytesMax: 100, heldRowsMax: 3 };

  it('gets what it missed, then what came meanwhile, then what comes, each once and in order', () => {
    const sink = new ListSink();
    const listener = new LiveListener(sink, bounds);
    listener.offer(row(12));
    listener.offer(row(13));
    listener.begin(10, [row(11), row(12)]);
    listener.offer(row(13));
    listener.offer(row(14));
    expect(sink.ids).toEqual([11, 12, 13, 14]);
  });

  it('is told where the stream begins before anything has happened', () => {
    const sink = new ListSink();
    new LiveListener(sink, bounds).begin(10, []);
    expect(sink.sent).toEqual(['id: 10\nevent: ready\ndata: {}\n\n']);
  });

  it('is cut when it is too slow, and so is one that can not be told what it missed in time', () => {
    const slow = new ListSink();
    const listener = new LiveListener(slow, bounds);
    listener.begin(0, []);
    slow.backlogBytes = 101;
    listener.offer(row(1));
    expect(slow).toMatchObject({ closed: true, ids: [] });

    const late = new ListSink();
    const held = new LiveListener(late, bounds);
    for (const id of [1, 2, 3]) held.offer(row(id));
    expect(late.closed).toBe(false);
    held.offer(row(4));
    expect(late.closed).toBe(true);
  });

  it('keeps a message on one line, whatever stands in it', () => {
    const sink = new ListSink();
    const listener = new LiveListener(sink, bounds);
    listener.begin(0, []);
    listener.offer({ ...row(1), words: 'a\n\nevent: toast\r\ndata: forged' });
    expect(sink.sent[1]?.trimEnd().split('\n')).toHaveLength(3);
  });
});
