import type { ServerResponse } from 'node:http';
import { MooringError } from '@mooring/contracts';
import { causesOf } from './redaction.ts';

const refusals = new WeakMap<object, object>();

/** How a refusal is logged: its code, and why; a stack only where nobody expected the error. */
export function refusalMembers(told: MooringError, exception: unknown): object {
  if (told.code === 'internal_error') return { problemCode: told.code, err: exception };
  const because = exception instanceof MooringError ? causesOf(exception) : [];
  return { problemCode: told.code, ...(because.length > 0 && { because }) };
}

/** Leaves what is to be logged of a refusal to the line that tells of its request. */
export function noteRefusal(response: ServerResponse, members: object): void {
  refusals.set(response, members);
}

/** What {@link noteRefusal} left; nothing for a request that was not refused. */
export function notedRefusal(response: ServerResponse): object | undefined {
  return refusals.get(response);
}
