import type { Response } from 'express';
import { retryAdvice } from './live-message.ts';
import type { EventSink } from './ports.ts';

const RETRY_MS = 1_000;

/** Begins a server-sent event stream on an HTTP answer. */
export function responseSink(response: Response): EventSink {
  response.status(200).set({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // nginx and its kin would hold messages back otherwise.
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
  response.write(retryAdvice(RETRY_MS));
  return {
    send: (text) => {
      if (!response.writableEnded) response.write(text);
    },
    get backlogBytes() {
      return response.writableLength;
    },
    close: () => {
      if (response.writableLength === 0) response.end();
      // What a slow listener has not taken by now it resumes for.
      else response.destroy();
    },
    onClose: (listener) => {
      // Who went while their right to listen was checked is not heard of again.
      if (response.destroyed) listener();
      else response.once('close', listener);
    },
  };
}
