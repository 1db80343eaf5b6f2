import express, { Router, type Response } from 'express';
import { neverAnswers, worksBeneath, writeAnswer, writeFault, type Answer } from '../faults/answer.ts';
import { withBlankTokens } from '../faults/token-body.ts';
import type { Fault } from '../faults/fault-box.ts';
import { addAuthorize, type AuthorizeWire } from './authorize.ts';
import { personInCall, readCall, type OAuthCall } from './call.ts';
import { AnswerInstead, OAuthRefusal, type RefusalDetails } from './refusal.ts';
import type { OAuthWorld } from './world.ts';

export interface CallRoute {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As Express spells it; a slash at the end counts only where `strict` says so. */
  path: string;
  /** `token.code`, `token.refresh`, `token.exchange`, `revoke`, `introspect`, `api.…`: what the log and faults call it. */
  kind: string | ((call: OAuthCall) => string);
  /** May throw OAuthRefusal and AnswerInstead. */
  answer(call: OAuthCall): Answer;
}

/** Wire formats of one of the platform's hosts. */
export interface HostWire {
  authorize?: AuthorizeWire;
  routes: CallRoute[];
  /** How the host answers what the engine refuses. */
  refusal(details: RefusalDetails, call: OAuthCall): Answer;
  /** Headers of every answer, such as limits. */
  headers?(call: OAuthCall): Record<string, string>;
  /** Body of the fault `error_200`: what the host would say of an error of its own, with HTTP 200. */
  error200?(call: OAuthCall): unknown;
  /** Body of a bare status such as 429 or 503 in the platform's own form; without it the body is plain text. */
  statusBody?(status: number, call: OAuthCall): unknown;
  /** What a fault of the platform's own kind (`graph`, `transient`, `rate_limit`) makes of the answer. */
  faulty?(fault: Fault, answer: Answer, call: OAuthCall): Answer;
}

const DEFAULT_ERROR = { error: 'server_error', error_description: 'Something went wrong on our side.' };

function answerOf(wire: HostWire, route: CallRoute, call: OAuthCall): Answer {
  try {
    return route.answer(call);
  } catch (error) {
    if (error instanceof AnswerInstead) return error.answer;
    if (error instanceof OAuthRefusal) return wire.refusal(error.details, call);
    throw error;
  }
}

function changedBy(fault: Fault, answer: Answer, wire: HostWire, call: OAuthCall): Answer {
  switch (fault.kind) {
    case 'blank_token':
      return withBlankTokens(answer);
    case 'error_200':
      return { status: 200, body: fault.body ?? wire.error200?.(call) ?? DEFAULT_ERROR };
    case 'graph':
    case 'transient':
    case 'rate_limit':
      return wire.faulty?.(fault, answer, call) ?? { status: fault.status ?? 500, body: DEFAULT_ERROR };
    default:
      return answer;
  }
}

/** A bare status in the platform's own form, where it has one. */
function asAnswer(fault: Fault, wire: HostWire, call: OAuthCall): Fault {
  if (fault.kind !== 'status' || wire.statusBody === undefined) return fault;
  const { status = 503, retryAfterSeconds } = fault;
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  return { ...fault, kind: 'answer', status, headers, body: wire.statusBody(status, call) };
}

async function respond(res: Response, wire: HostWire, route: CallRoute, call: OAuthCall): Promise<number | null> {
  const { fault } = call;
  const works = fault === undefined || worksBeneath(fault);
  const answer = works ? answerOf(wire, route, call) : { status: 200, body: {} };
  res.set(wire.headers?.(call) ?? {});
  if (fault !== undefined) {
    return writeFault(res, asAnswer(fault, wire, call), changedBy(fault, answer, wire, call));
  }
  writeAnswer(res, answer);
  return answer.status;
}

async function take(res: Response, wire: HostWire, route: CallRoute, call: OAuthCall): Promise<void> {
  const { world, method } = call;
  const kind = typeof route.kind === 'string' ? route.kind : route.kind(call);
  const fault = world.faults.take({ kind, endpoint: kind });
  call.fault = fault;
  const person = personInCall(call);
  const entry = { at: new Date().toISOString(), method, kind, endpoint: kind, person, fault: fault?.kind };
  // Logged before a fault that never answers, so that the control page shows it while it hangs.
  if (neverAnswers(fault)) {
    world.log.add({ ...entry, status: null });
    await respond(res, wire, route, call);
    return;
  }
  world.log.add({ ...entry, status: await respond(res, wire, route, call) });
}

const NOWHERE: Omit<CallRoute, 'method' | 'path'> = {
  kind: 'unknown',
  answer: () => {
    throw new OAuthRefusal({ reason: 'no-such-path' });
  },
};

/** One host of a played platform: its consent page and its calls, with log, faults and refusals. */
export function hostRouter(world: OAuthWorld, wire: HostWire): Router {
  const router = Router({ strict: true });
  router.use(express.urlencoded({ extended: false, limit: '256kb' }), express.json({ limit: '256kb' }));
  if (wire.authorize !== undefined) addAuthorize(router, world, wire.authorize);
  for (const route of wire.routes) {
    const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'delete';
    router[method](route.path, (req, res) => take(res, wire, route, readCall(world, req)));
  }
  router.use((req, res) => take(res, wire, { ...NOWHERE, method: 'GET', path: '' }, readCall(world, req)));
  return router;
}
