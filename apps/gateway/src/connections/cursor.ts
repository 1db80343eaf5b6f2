import { MooringError } from '@mooring/contracts';
import { isUUID } from 'class-validator';

/** What a member of a cursor must be; cursors come back from outside. */
export const CURSOR_MEMBERS = {
  text: (value: unknown): boolean => typeof value === 'string' && !value.includes('\0'),
  uuid: (value: unknown): boolean => isUUID(value),
  instant: (value: unknown): boolean => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  integer: (value: unknown): boolean => Number.isSafeInteger(value),
} as const;

/** An opaque cursor: where the next page begins. */
export function encodeCursor(position: object): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/**
 * Reads a cursor of ours back; `shape` says what every member must be.
 * Throws MooringError `invalid_request` for anything that isn't one.
 */
export function decodeCursor<Position extends object>(
  cursor: string | undefined,
  shape: Readonly<Record<keyof Position, (value: unknown) => boolean>>,
): Position | null {
  if (cursor === undefined) return null;
  const position = parse(cursor);
  const fits = Object.entries<(value: unknown) => boolean>(shape).every(([name, is]) => is(position?.[name]));
  if (fits) return position as Position;
  throw new MooringError('invalid_request', { errors: [{ pointer: '/cursor', detail: 'is not a cursor of ours' }] });
}

function parse(cursor: string): Record<string, unknown> | null {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as Record<string, unknown> | null;
  } catch {
    return null;
  }
}
