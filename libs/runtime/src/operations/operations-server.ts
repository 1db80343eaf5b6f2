import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ClockControl } from '../clock-port.ts';
import type { Metrics } from '../metrics.ts';
import type { Loops } from './loops.ts';
import type { Check, Readiness } from './readiness.ts';

/** What the operations port tells about. */
export interface OperationsState {
  readonly metrics: Metrics;
  readonly loops: Loops;
  /** Undefined until the service has started. */
  readiness(): Readiness | undefined;
  /** Startup checks (schema version); undefined until the service has started. */
  startup(): Readonly<Record<string, Check>> | undefined;
  draining(): boolean;
  /** Only under the export condition `@mooring/testing`. */
  readonly clockControl: ClockControl | undefined;
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly type?: string;
}

const BODY_BYTES_MAX = 4_096;
const OK = 200;
const UNAVAILABLE = 503;
const JSON_TYPE = 'application/json';

function json(status: number, body: unknown): Answer {
  return { status, body: JSON.stringify(body), type: JSON_TYPE };
}

function live(state: OperationsState): Answer {
  const stuck = state.loops.stuck();
  return json(stuck.length === 0 ? OK : UNAVAILABLE, { ok: stuck.length === 0, stuckLoops: stuck });
}

function ready(state: OperationsState): Answer {
  const readiness = state.readiness();
  const draining = state.draining();
  const ok = !draining && readiness?.ok === true;
  return json(ok ? OK : UNAVAILABLE, {
    ok,
    started: readiness !== undefined,
    draining,
    checks: readiness?.results() ?? {},
  });
}

async function started(state: OperationsState): Promise<Answer> {
  const checks = state.startup();
  if (checks === undefined) return json(UNAVAILABLE, { ok: false, failing: ['boot'] });
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      try {
        await check();
        return undefined;
      } catch {
        return name;
      }
    }),
  );
  const failing = results.filter((name) => name !== undefined);
  return json(failing.length === 0 ? OK : UNAVAILABLE, { ok: failing.length === 0, failing });
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > BODY_BYTES_MAX) throw new RangeError('body too large');
  }
  return text;
}

async function moveClock(request: IncomingMessage, control: ClockControl): Promise<Answer> {
  const body: unknown = JSON.parse(await readBody(request));
  const offsetMs: unknown = typeof body === 'object' && body !== null && 'offsetMs' in body ? body.offsetMs : undefined;
  if (typeof offsetMs !== 'number' || !Number.isSafeInteger(offsetMs)) {
    return json(400, { ok: false, reason: 'offsetMs must be a whole number of milliseconds' });
  }
  await control.setOffset(offsetMs);
  return json(OK, { offsetMs: control.offsetMs });
}

async function answerTo(request: IncomingMessage, state: OperationsState): Promise<Answer> {
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  switch (`${request.method} ${path}`) {
    case 'GET /livez':
      return live(state);
    case 'GET /readyz':
      return ready(state);
    case 'GET /startupz':
      return started(state);
    case 'GET /metrics':
      return { status: OK, body: await state.metrics.registry.metrics(), type: state.metrics.registry.contentType };
    case 'POST /testing/clock':
      if (state.clockControl !== undefined) return moveClock(request, state.clockControl);
  }
  return json(404, { ok: false, reason: 'not found' });
}

async function handle(request: IncomingMessage, response: ServerResponse, state: OperationsState): Promise<void> {
  let answer: Answer;
  try {
    answer = await answerTo(request, state);
  } catch {
    answer = json(500, { ok: false, reason: 'failed' });
  }
  response.writeHead(answer.status, {
    'content-type': answer.type ?? JSON_TYPE,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(answer.body);
}

/**
 * The server of the operations port: `/livez` (event loop and registered loops only), `/readyz` (not draining, own
 * database there), `/startupz`, `/metrics`, and under test `POST /testing/clock`. Plain node:http, so that it answers
 * before Nest is up and while it stops.
 */
export function createOperationsServer(state: OperationsState): Server {
  const server = createServer((request, response) => void handle(request, response, state));
  server.requestTimeout = 10_000;
  server.headersTimeout = 5_000;
  return server;
}
