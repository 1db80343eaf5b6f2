import type { NotifyRequest } from '../notices.ts';
import { flagOf, numberOf, textOf, type Values } from '../request-values.ts';
import { said } from './input.ts';

/** What isn't one of the sender's own parameters is the message's. */
export function readNotify(values: Values): NotifyRequest {
  return {
    ...said({ notice: textOf(values, 'notice'), url: textOf(values, 'url'), subjectId: textOf(values, 'subjectId') }),
    tampered: flagOf(values, 'tampered') ?? false,
    replayed: flagOf(values, 'replayed') ?? false,
    ageSeconds: numberOf(values, 'ageSeconds') ?? 0,
    padBytes: numberOf(values, 'padBytes') ?? 0,
    removes: flagOf(values, 'removes') ?? true,
    options: values,
  };
}
