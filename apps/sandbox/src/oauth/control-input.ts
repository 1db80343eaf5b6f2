import { oneOf, said } from '../control/input.ts';
import { asValues, flagOf, listOf, numberOf, textOf, type Values } from '../request-values.ts';
import type { SwitchValue } from './profile.ts';
import type { NextDialog, NextToken } from './world.ts';

export function readNextDialog(values: Values): NextDialog {
  const parameters = Object.entries(asValues(values.parameters)).map(([key, value]) => [key, String(value)]);
  return {
    decision: oneOf(values, 'decision', ['approve', 'deny', 'error', 'empty']),
    untick: listOf(values, 'untick') ?? [],
    parameters: Object.fromEntries(parameters) as Record<string, string>,
    ...said({ person: textOf(values, 'person') }),
  };
}

export function readNextToken(values: Values): NextToken {
  return {
    remaining: numberOf(values, 'times') ?? numberOf(values, 'remaining') ?? 1,
    ...said({
      on: values.on === undefined ? undefined : oneOf(values, 'on', ['code', 'refresh', 'exchange']),
      lifetimeSeconds: numberOf(values, 'lifetimeSeconds'),
      refreshLifetimeSeconds: numberOf(values, 'refreshLifetimeSeconds'),
      omitExpiresIn: flagOf(values, 'omitExpiresIn'),
      omitRefreshToken: flagOf(values, 'omitRefreshToken'),
    }),
  };
}

export function readSwitches(values: Values): Record<string, SwitchValue> {
  const entries = Object.entries(values).filter((entry): entry is [string, SwitchValue] =>
    ['boolean', 'number', 'string'].includes(typeof entry[1]),
  );
  return Object.fromEntries(entries);
}
