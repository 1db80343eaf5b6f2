import express, { Router, type Request, type Response } from 'express';
import { neverAnswers, writeAnswer, writeFault, worksBeneath, type Answer } from '../faults/answer.ts';
import type { Fault } from '../faults/fault-box.ts';
import { asValues } from '../request-values.ts';
import { sentToken, type GraphCall } from './call.ts';
import { GraphError, graphErrorAnswer } from './graph-error.ts';
import { faultyAnswer, usageHeaders } from './graph-faults.ts';
import type { RequestLog } from '../request-log.ts';
import { answerGraphCall, callKindOf, endpointOf } from './routes.ts';
import { TokenBook } from './tokens.ts';
import type { FacebookWorld } from './world.ts';

function readCall(world: FacebookWorld, req: Request): GraphCall {
  const [version = '', ...path] = req.path.split('/').filter((part) => part !== '');
  return {
    world,
    method: req.method,
    version,
    path: path.join('/'),
    params: { ...asValues(req.query), ...asValues(req.body) },
    bearer: /^Bearer (.+)$/i.exec(req.get('authorization') ?? '')?.[1],
  };
}

function refusalAnswer(world: FacebookWorld, error: GraphError): Answer {
  const hidden = world.state.switches.omitSubcodes && error.details.code === 190;
  return graphErrorAnswer(hidden ? { ...error.details, subcode: undefined } : error.details);
}

function answerOf(call: GraphCall): Answer {
  try {
    return { status: 200, body: answerGraphCall(call) };
  } catch (error) {
    if (error instanceof GraphError) return refusalAnswer(call.world, error);
    throw error;
  }
}

function ownerOf(call: GraphCall): { person: string | undefined; ownerId: string | undefined } {
  const value = sentToken(call);
  const token = value === undefined ? undefined : new TokenBook(call.world).find(value);
  return { person: token?.personId, ownerId: token?.pageId };
}

async function respond(res: Response, call: GraphCall, fault: Fault | undefined): Promise<number | null> {
  const { ownerId } = ownerOf(call);
  call.fault = fault;
  const works = fault === undefined || worksBeneath(fault);
  const answer = works ? answerOf(call) : { status: 200, body: {} };
  const headers = { ...usageHeaders(ownerId), ...answer.headers, 'facebook-api-version': call.version };
  const complete = { ...answer, headers };
  if (fault !== undefined) return writeFault(res, fault, faultyAnswer(fault, complete, ownerId));
  writeAnswer(res, complete);
  return answer.status;
}

/** `graph.facebook.com`. */
export function graphRouter(world: FacebookWorld, log: RequestLog): Router {
  const router = Router();
  router.use(express.urlencoded({ extended: false, limit: '256kb' }), express.json({ limit: '256kb' }));
  router.use(async (req, res) => {
    const call = readCall(world, req);
    const endpoint = endpointOf(call);
    const kind = callKindOf(endpoint);
    const fault = world.faults.take({ kind, endpoint });
    const { person } = ownerOf(call);
    const at = new Date().toISOString();
    const entry = { at, method: call.method, kind, endpoint, person, fault: fault?.kind };
    // Logged before a fault that never answers, so that the control page shows it while it hangs.
    if (fault !== undefined && neverAnswers(fault)) {
      log.add({ ...entry, status: null });
      await respond(res, call, fault);
      return;
    }
    log.add({ ...entry, status: await respond(res, call, fault) });
  });
  return router;
}
