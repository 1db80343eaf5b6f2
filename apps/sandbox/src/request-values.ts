/** Reads values out of what a request carries, whose shape nobody vouches for. */
export type Values = Record<string, unknown>;

export function asValues(input: unknown): Values {
  return typeof input === 'object' && input !== null && !Array.isArray(input) ? (input as Values) : {};
}

export function textOf(values: Values, key: string): string | undefined {
  const value = values[key];
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return undefined;
}

/** A field that may come once or several times, or as a JSON array. */
export function listOf(values: Values, key: string): string[] | undefined {
  const value = values[key];
  if (value === undefined) return undefined;
  const entries: unknown[] = Array.isArray(value) ? value : [value];
  return entries.filter((entry): entry is string => typeof entry === 'string');
}

export function numberOf(values: Values, key: string): number | undefined {
  const value = values[key];
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

export function flagOf(values: Values, key: string): boolean | undefined {
  const value = values[key];
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : undefined;
}
