import { PermanentError, PoisonError } from '../errors.ts';

const MESSAGE_BYTES_MAX = 1_024;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Long unbroken runs of the characters that tokens, keys and codes are made of. */
const SECRET_LIKE = /[A-Za-z0-9_\-~+/|%]{20,}={0,2}/g;
const NAMED_SECRET = /(\w*(?:token|secret|password|code|key|signature|proof))(["']?\s*[=:]\s*["']?)[^\s"'&,;]+/gi;
const SCHEME_SECRET = /\b(bearer|basic)\s+[^\s"'&,;]+/gi;

/** Why a handler failed, as it stands in headers and logs. */
export interface Failure {
  /** The error's class, never its text. */
  readonly errorClass: string;
  readonly message: string;
  readonly isPermanent: boolean;
}

/** An error's text without anything that looks like a secret, at most 1 KB of UTF-8. */
export function scrubMessage(text: string): string {
  const scrubbed = text
    .replace(SCHEME_SECRET, '$1 [redacted]')
    .replace(NAMED_SECRET, '$1=[redacted]')
    .replace(SECRET_LIKE, (run) => (UUID.test(run) || /^([A-Za-z]+|[A-Z_]+)$/.test(run) ? run : '[redacted]'));
  const bytes = Buffer.from(scrubbed);
  // A cut in the middle of a character would leave a broken one: the decoder drops it.
  return bytes.length <= MESSAGE_BYTES_MAX
    ? scrubbed
    : new TextDecoder().decode(bytes.subarray(0, MESSAGE_BYTES_MAX), { stream: true });
}

/** Classifies what a handler threw. */
export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  return {
    errorClass: error instanceof PoisonError ? error.kind : error instanceof Error ? error.name : 'unknown',
    message: scrubMessage(message),
    isPermanent: error instanceof PermanentError,
  };
}
