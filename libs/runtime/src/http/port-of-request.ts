import type { IncomingMessage } from 'node:http';

/** The port a request came in by. */
export interface RequestPort {
  readonly name: string;
  /** True where the app has no other HTTP port. */
  readonly exclusive: boolean;
}

// Kept beside the request, not on it: no header or middleware can forge it.
const ports = new WeakMap<IncomingMessage, RequestPort>();

/** Notes the port of a request; the HTTP servers do so before anything else sees it. */
export function markPort(request: IncomingMessage, port: RequestPort): void {
  ports.set(request, port);
}

/** The port that a request came in by; undefined outside of `startService`'s servers (plain Nest test applications). */
export function portOf(request: IncomingMessage): RequestPort | undefined {
  return ports.get(request);
}
