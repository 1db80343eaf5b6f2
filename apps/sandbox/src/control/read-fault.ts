import { FAULT_KINDS, type Fault } from '../faults/fault-box.ts';
import { NAMED_FAULTS } from '../faults/named-faults.ts';
import { asValues, flagOf, listOf, numberOf, textOf, type Values } from '../request-values.ts';
import { ControlError } from './control-error.ts';
import { oneOf, said } from './input.ts';

function beginning(values: Values): Fault {
  const name = textOf(values, 'fault');
  if (name === undefined) return { kind: oneOf(values, 'kind', FAULT_KINDS) };
  const named = NAMED_FAULTS[name];
  if (named === undefined) throw new ControlError(`fault must be one of ${Object.keys(NAMED_FAULTS).join(', ')}`);
  return named;
}

function readOne(values: Values): Fault {
  return {
    ...beginning(values),
    ...said({
      status: numberOf(values, 'status'),
      retryAfterSeconds: numberOf(values, 'retryAfterSeconds'),
      delayMs: numberOf(values, 'delayMs'),
      calls: listOf(values, 'calls'),
      endpoints: listOf(values, 'endpoints'),
      remaining: numberOf(values, 'times') ?? numberOf(values, 'remaining'),
      afterEffect: flagOf(values, 'afterEffect'),
      code: numberOf(values, 'code'),
      subcode: numberOf(values, 'subcode'),
      message: textOf(values, 'message'),
      body: values.body,
      headers: values.headers === undefined ? undefined : (asValues(values.headers) as Record<string, string>),
    }),
  };
}

/** `{fault or kind, calls?, times?, …}`, or several in `{faults: […]}`. */
export function readFaults(values: Values): Fault[] {
  const { faults } = values;
  return Array.isArray(faults) ? faults.map((fault) => readOne(asValues(fault))) : [readOne(values)];
}
