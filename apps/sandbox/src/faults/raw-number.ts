interface RawJson {
  rawJSON(text: string): object;
  isRawJSON(value: unknown): boolean;
}

// In the language since ES2025; TypeScript's library doesn't know it yet.
const raw = JSON as unknown as RawJson;

/** A number written as it stands, also beyond 2^53, where a JavaScript number would lose digits. */
export function rawNumber(digits: string): object {
  return raw.rawJSON(digits);
}

export function isRawNumber(value: unknown): boolean {
  return raw.isRawJSON(value);
}
