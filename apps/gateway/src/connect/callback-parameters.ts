import type { CallbackParameters } from '@mooring/adapters-core';

const NAMES = {
  code: 'code',
  error: 'error',
  error_reason: 'errorReason',
  error_code: 'errorCode',
  error_message: 'errorMessage',
  error_description: 'errorDescription',
} as const;
type KnownName = keyof typeof NAMES;

/** Every platform sends a handful. */
const PARAMETERS_MAX = 30;
const LENGTH_MAX = 4_000;

/**
 * The parameters of a platform's redirect: those that are there once, for one that comes twice is no parameter of ours. What
 * only one platform sends goes to its adapter by the name it came with.
 */
export function readCallbackParameters(query: Readonly<Record<string, unknown>>): CallbackParameters {
  const given = Object.entries(query)
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '')
    .filter(([name, value]) => name !== 'state' && value.length <= LENGTH_MAX)
    .slice(0, PARAMETERS_MAX);
  const isKnown = ([name]: [string, string]): boolean => Object.hasOwn(NAMES, name);
  const known = given.filter(isKnown).map(([name, value]) => [NAMES[name as KnownName], value] as const);
  const rest = given.filter((entry) => !isKnown(entry));
  return { ...Object.fromEntries(known), ...(rest.length > 0 && { rest: Object.fromEntries(rest) }) };
}
