import type { Answer } from './answer.ts';
import { isRawNumber } from './raw-number.ts';

const TOKEN_KEYS = ['access_token', 'refresh_token'];

function blanked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(blanked);
  if (typeof value !== 'object' || value === null || isRawNumber(value)) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [
    key,
    TOKEN_KEYS.includes(key) ? '' : blanked(inner),
  ]);
  return Object.fromEntries(entries);
}

/** The same answer with every token in it left empty. */
export function withBlankTokens(answer: Answer): Answer {
  return { ...answer, body: blanked(answer.body) };
}
