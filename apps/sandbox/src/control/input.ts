import { FAULT_KINDS, type Fault } from '../faults/fault-box.ts';
import type { DialogDecision, NextDialog, NextToken } from '../meta/world.ts';
import { flagOf, listOf, numberOf, textOf, type Values } from '../request-values.ts';

/** Thrown when a control call makes no sense; answered with 400. */
export class ControlError extends Error {
  override name = 'ControlError';
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}

const DECISIONS: DialogDecision[] = ['approve', 'deny', 'misconfigured', 'empty'];

function oneOf<T extends string>(values: Values, key: string, allowed: readonly T[]): T {
  const text = textOf(values, key);
  const found = allowed.find((candidate) => candidate === text);
  if (found === undefined) throw new ControlError(`${key} must be one of ${allowed.join(', ')}`);
  return found;
}

/** Leaves out what wasn't said, so that later defaults apply. */
function said<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

export function readFault(values: Values): Fault {
  return {
    kind: oneOf(values, 'kind', FAULT_KINDS),
    ...said({
      status: numberOf(values, 'status'),
      retryAfterSeconds: numberOf(values, 'retryAfterSeconds'),
      delayMs: numberOf(values, 'delayMs'),
      endpoints: listOf(values, 'endpoints'),
      remaining: numberOf(values, 'remaining'),
      afterEffect: flagOf(values, 'afterEffect'),
      code: numberOf(values, 'code'),
      subcode: numberOf(values, 'subcode'),
      message: textOf(values, 'message'),
    }),
  };
}

export function readNextDialog(values: Values): NextDialog {
  return {
    decision: oneOf(values, 'decision', DECISIONS),
    untick: listOf(values, 'untick') ?? [],
    ...said({ person: textOf(values, 'person'), pages: listOf(values, 'pages') }),
  };
}

export function readNextToken(values: Values): NextToken {
  return {
    on: values.on === undefined ? 'exchange' : oneOf(values, 'on', ['code', 'exchange']),
    remaining: numberOf(values, 'remaining') ?? 1,
    ...said({
      lifetimeSeconds: numberOf(values, 'lifetimeSeconds'),
      omitExpiresIn: flagOf(values, 'omitExpiresIn'),
      extends: flagOf(values, 'extends'),
    }),
  };
}
