import type { Response } from 'express';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, FaultKind } from './fault-box.ts';

/** What a platform means to answer, before a fault strikes. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** Sent as JSON; undefined: nothing. */
  body: unknown;
}

const SLOW_DELAY_MS = 3_000;
const HTML_BODY =
  '<!DOCTYPE html><html lang="en"><head><title>Error</title></head><body><h1>Sorry, something went wrong.</h1></body></html>';

export function writeAnswer(res: Response, answer: Answer): void {
  res.status(answer.status).set(answer.headers ?? {});
  if (answer.body === undefined) {
    res.end();
    return;
  }
  if (!res.hasHeader('content-type')) res.type('application/json; charset=UTF-8');
  res.send(Buffer.from(JSON.stringify(answer.body)));
}

function writeHalf(res: Response, answer: Answer): void {
  const bytes = Buffer.from(JSON.stringify(answer.body ?? {}));
  res.writeHead(answer.status, { 'content-type': 'application/json', 'content-length': bytes.length });
  res.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => res.socket?.destroy());
}

function writeTruncated(res: Response, answer: Answer): void {
  const text = JSON.stringify(answer.body ?? {});
  res
    .status(answer.status)
    .type('json')
    .send(text.slice(0, Math.ceil(text.length / 2)));
}

function writeStatus(res: Response, fault: Fault): void {
  const status = fault.status ?? 503;
  if (fault.retryAfterSeconds !== undefined) res.set('Retry-After', String(fault.retryAfterSeconds));
  res.status(status).type('text').send(`HTTP ${status}`);
}

const WORK_BENEATH: FaultKind[] = [
  'half',
  'truncated',
  'slow',
  'blank_token',
  'no_refresh_token',
  'refresh_counts_down',
  'family_revoked',
  'accounts_empty',
  'page_without_token',
];

/** True where the platform's own work is still done although the fault strikes. */
export function worksBeneath(fault: Fault): boolean {
  return fault.afterEffect ?? WORK_BENEATH.includes(fault.kind);
}

/** True where the caller gets no answer at all, at least not soon. */
export function neverAnswers(fault: Fault | undefined): boolean {
  return fault?.kind === 'hang' || fault?.kind === 'reset';
}

async function waitFirst(fault: Fault): Promise<void> {
  const delayMs = fault.kind === 'slow' ? (fault.delayMs ?? SLOW_DELAY_MS) : fault.delayMs;
  // A caller that is gone by then is no reason for the sandbox to outlive its stop.
  if (delayMs !== undefined) await sleep(delayMs, undefined, { ref: false });
}

/** Answers as a fault of transport demands; the status that the caller saw, or null where it saw none. */
export async function writeFault(res: Response, fault: Fault, answer: Answer): Promise<number | null> {
  await waitFirst(fault);
  switch (fault.kind) {
    case 'reset':
      res.socket?.resetAndDestroy();
      return null;
    case 'hang':
      if (fault.delayMs !== undefined) res.socket?.resetAndDestroy();
      return null;
    case 'half':
      writeHalf(res, answer);
      return answer.status;
    case 'truncated':
      writeTruncated(res, answer);
      return answer.status;
    case 'html':
      res
        .status(fault.status ?? 502)
        .type('html')
        .send(HTML_BODY);
      return res.statusCode;
    case 'status':
      writeStatus(res, fault);
      return res.statusCode;
    case 'answer':
      writeAnswer(res, { status: fault.status ?? 200, headers: fault.headers, body: fault.body });
      return res.statusCode;
    default:
      writeAnswer(res, answer);
      return answer.status;
  }
}
