import type { Response } from 'express';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault-box.ts';

/** What a platform means to answer, before a fault strikes. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
}

const SLOW_DELAY_MS = 3_000;
const HTML_BODY =
  '<!DOCTYPE html><html lang="en"><head><title>Error</title></head><body><h1>Sorry, something went wrong.</h1></body></html>';

export function writeAnswer(res: Response, answer: Answer): void {
  res
    .status(answer.status)
    .set(answer.headers ?? {})
    .type('application/json; charset=UTF-8')
    .send(JSON.stringify(answer.body));
}

function writeHalf(res: Response, answer: Answer): void {
  const bytes = Buffer.from(JSON.stringify(answer.body));
  res.writeHead(answer.status, { 'content-type': 'application/json', 'content-length': bytes.length });
  res.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => res.socket?.destroy());
}

function writeTruncated(res: Response, answer: Answer): void {
  const text = JSON.stringify(answer.body);
  res
    .status(answer.status)
    .type('json')
    .send(text.slice(0, Math.ceil(text.length / 2)));
}

/** True where the platform's own work is still done although the fault strikes. */
export function worksBeneath(fault: Fault): boolean {
  return fault.afterEffect ?? ['half', 'truncated', 'slow', 'blank_token'].includes(fault.kind);
}

/** Answers as a fault of transport demands; the status that the caller saw, or null where it saw none. */
export async function writeFault(res: Response, fault: Fault, answer: Answer): Promise<number | null> {
  switch (fault.kind) {
    case 'reset':
      res.socket?.resetAndDestroy();
      return null;
    case 'hang':
      return null;
    case 'half':
      writeHalf(res, answer);
      return answer.status;
    case 'truncated':
      writeTruncated(res, answer);
      return answer.status;
    case 'slow':
      await sleep(fault.delayMs ?? SLOW_DELAY_MS);
      writeAnswer(res, answer);
      return answer.status;
    case 'html':
      res
        .status(fault.status ?? 502)
        .type('html')
        .send(HTML_BODY);
      return res.statusCode;
    case 'status':
      if (fault.retryAfterSeconds !== undefined) res.set('Retry-After', String(fault.retryAfterSeconds));
      res
        .status(fault.status ?? 503)
        .type('text')
        .send(`HTTP ${fault.status ?? 503}`);
      return res.statusCode;
    default:
      writeAnswer(res, answer);
      return answer.status;
  }
}
