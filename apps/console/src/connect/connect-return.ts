/** What the gateway put behind the `#` of the return address. */
export interface ConnectReturn {
  readonly sessionId: string;
  readonly result: string;
}

const KEY = 'mooring.connect-return';

/** Reads a fragment; null where it is no return from connecting. */
export function parseReturn(fragment: string): ConnectReturn | null {
  const values = new URLSearchParams(fragment.replace(/^#/, ''));
  const sessionId = values.get('session');
  const result = values.get('result');
  return sessionId && result ? { sessionId, result } : null;
}

/**
 * Takes a return off the address bar before anything else can see it, and keeps it for this tab until the choice is
 * made, so that a reload or a sign-in in between loses nothing.
 */
export function captureReturn(): void {
  const found = parseReturn(window.location.hash);
  if (!found) return;
  window.sessionStorage.setItem(KEY, JSON.stringify(found));
  window.history.replaceState(window.history.state, '', `${window.location.pathname}${window.location.search}`);
}

/** The return that is still to be dealt with. */
export function pendingReturn(): ConnectReturn | null {
  const stored = window.sessionStorage.getItem(KEY);
  return stored ? (JSON.parse(stored) as ConnectReturn) : null;
}

/** Forgets the return: it has come to its end. */
export function forgetReturn(): void {
  window.sessionStorage.removeItem(KEY);
}
