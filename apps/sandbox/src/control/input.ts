import type { DialogDecision, NextDialog, NextToken } from '../meta/world.ts';
import { flagOf, listOf, numberOf, textOf, type Values } from '../request-values.ts';
import { ControlError } from './control-error.ts';

const DECISIONS: DialogDecision[] = ['approve', 'deny', 'misconfigured', 'empty'];

/** The field's value, which must be one of a few words. */
export function oneOf<T extends string>(values: Values, key: string, allowed: readonly T[]): T {
  const text = textOf(values, key);
  const found = allowed.find((candidate) => candidate === text);
  if (found === undefined) throw new ControlError(`${key} must be one of ${allowed.join(', ')}`);
  return found;
}

/** Leaves out what wasn't said, so that later defaults apply. */
export function said<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
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
    remaining: numberOf(values, 'times') ?? numberOf(values, 'remaining') ?? 1,
    ...said({
      lifetimeSeconds: numberOf(values, 'lifetimeSeconds'),
      omitExpiresIn: flagOf(values, 'omitExpiresIn'),
      extends: flagOf(values, 'extends'),
    }),
  };
}
