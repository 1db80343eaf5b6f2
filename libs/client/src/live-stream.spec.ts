import { afterEach, describe, expect, it } from '@jest/globals';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type LocalServer, localServer } from '../test/local-server.ts';
import { type LiveMessage, type LiveState, type LiveStream, openLiveStream } from './live-stream.ts';

interface Follow {
  readonly messages: LiveMessage[];
  readonly states: LiveState[];
  readonly requests: IncomingMessage['headers'][];
  readonly until: (holds: () => boolean) => Promise<void>;
}

let server: LocalServer;
let stream: LiveStream;

type Turn = (response: ServerResponse, attempt: number) => void;

/** Follows a server that answers each attempt by its turn; `until` resolves as soon as something holds. */
async function follow(turn: Turn, options: { silenceMs?: number; lastEventId?: string } = {}): Promise<Follow> {
  const messages: LiveMessage[] = [];
  const states: LiveState[] = [];
  const requests: IncomingMessage['headers'][] = [];
  const waiting = new Set<() => void>();
  const changed = () => waiting.forEach((check) => check());
  server = await localServer((request, response) => {
    requests.push(request.headers);
    turn(response, requests.length);
    changed();
  });
  let tokens = 0;
  stream = openLiveStream({
    url: `${server.url}/v1/live`,
    accessToken: () => Promise.resolve(`token-${++tokens}`),
    onMessage: (message) => {
      messages.push(message);
      changed();
    },
    onState: (state) => {
      states.push(state);
      changed();
    },
    backOff: { baseMs: 2, maxMs: 10 },
    random: () => 0,
    ...options,
  });
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!holds()) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  return { messages, states, requests, until };
}

const open = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/event-stream' });

afterEach(async () => {
  stream.close();
  await server.stop();
});

describe('the live stream', () => {
  it('hands over messages with their type and parsed data, however they are cut into pieces', async () => {
    const { messages, states, until } = await follow((response) => {
      open(response);
      response.write(': welcome\n\nid: 4\nevent: toast\nda');
      setImmediate(() => response.write('ta: {"words":"Caf'));
      setImmediate(() => response.write('é"}\n\ndata: plain\n\n'));
    });
    await until(() => messages.length === 2);
    expect(messages).toEqual([
      { id: '4', type: 'toast', data: { words: 'Café' } },
      { id: null, type: 'message', data: 'plain' },
    ]);
    expect(states).toEqual(['connecting', 'open']);
  });

  it('resumes after the last message, with a fresh token', async () => {
    const { requests, messages, states, until } = await follow((response, attempt) => {
      open(response);
      if (attempt === 1) response.end('id: 41\ndata: 1\n\n');
      else response.write('id: 42\ndata: 2\n\n');
    });
    await until(() => messages.length === 2);
    expect(requests.map((headers) => headers['last-event-id'])).toEqual([undefined, '41']);
    expect(requests.map((headers) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(states).toEqual(['connecting', 'open', 'waiting', 'connecting', 'open']);
  });

  it('begins after a given message', async () => {
    const { requests, until } = await follow((response) => void open(response), { lastEventId: '7' });
    await until(() => requests.length === 1);
    expect(requests[0]?.['last-event-id']).toBe('7');
  });

  it('tries again after refusals, resets and broken answers', async () => {
    const { requests, messages, until } = await follow((response, attempt) => {
      if (attempt === 1) response.writeHead(503).end();
      else if (attempt === 2) response.writeHead(401).end();
      else if (attempt === 3) response.destroy();
      else open(response).write('data: 1\n\n');
    });
    await until(() => messages.length === 1);
    expect(requests).toHaveLength(4);
  });

  it('takes a connection without a byte for dead', async () => {
    const { requests, until } = await follow((response) => void open(response).flushHeaders(), { silenceMs: 40 });
    await until(() => requests.length === 2);
  });

  it('ends for good when the server says so by 204', async () => {
    const { states, requests, until } = await follow((response) => void response.writeHead(204).end());
    await until(() => states.at(-1) === 'closed');
    expect(requests).toHaveLength(1);
  });

  it('hands over nothing after it was closed', async () => {
    let send: () => void = () => undefined;
    const { messages, states, until } = await follow((response) => {
      open(response).flushHeaders();
      send = () => void response.write('data: late\n\n');
    });
    await until(() => states.at(-1) === 'open');
    stream.close();
    send();
    await new Promise((resolve) => setImmediate(resolve));
    expect(messages).toEqual([]);
    expect(states.at(-1)).toBe('closed');
  });
});
